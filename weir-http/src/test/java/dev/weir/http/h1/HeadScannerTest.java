package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HttpLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadScannerTest {
  private final HeadScanner scanner = HeadScanner.ofHead(HttpLimits.DEFAULTS, 2);

  /**
   * A head sent byte by byte costs O(n): bytes that were presented before could be anything now.
   */
  @Test
  void looksAtEachByteOnce() {
    var head = "GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n";
    for (int presented = 1; presented < head.length(); presented++) {
      // The CR before the LF that ends a line may have come with the call before.
      int known = Math.max(0, presented - 2);
      var in = Wire.heap("\n".repeat(known) + head.substring(known, presented));
      assertThat(scanner.scan(in)).as(head.substring(0, presented)).isFalse();
    }
    assertThat(scanner.scan(Wire.heap(head))).isTrue();
    assertThat(scanner.length()).isEqualTo(head.length());
    assertThat(scanner.fault()).isEqualTo(HeadScanner.Fault.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33})
  void findsLineEndsAtAnyAlignmentAndByteOrder(int length) {
    // 0x0b and 0x8a differ from LF by the bits that a careless search eight at a time confuses.
    var line = "\u000b\u008a\u0009".repeat(20).substring(0, length + 1);
    var head = line + "\r\nX: " + line + "\r\n\r\n";
    for (var order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (var in : new ByteBuffer[] {Wire.heap(head), Wire.direct(head)}) {
        scanner.reset();
        assertThat(scanner.scan(in.order(order))).isTrue();
        assertThat(scanner.length()).isEqualTo(head.length());
        assertThat(scanner.startLineLength()).isEqualTo(line.length() + 2);
      }
    }
  }

  @Test
  void staysWithinTheLimitOfTheBuffer() {
    var in = Wire.heap("GET / HTTP/1.1\r\n\r\n");
    in.limit(in.limit() - 1);
    assertThat(scanner.scan(in)).isFalse();
    in.limit(in.limit() + 1);
    assertThat(scanner.scan(in)).isTrue();
  }

  @Test
  void consumesNothingButEmptyLines() {
    var in = Wire.heap("\r\n\r\nGET");
    assertThat(scanner.scan(in)).isFalse();
    assertThat(Wire.text(in)).isEqualTo("GET");
  }
}
