package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.http.Headers;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedEncoderTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "9, 9",
    "10, a",
    "15, f",
    "16, 10",
    "255, ff",
    "256, 100",
    "65535, ffff",
    "65536, 10000"
  })
  void writesTheSizeInTheFewestDigits(int size, String digits) {
    var out = ByteBuffer.allocate(size + ChunkedEncoder.MOST_OVERHEAD);
    assertThat(ChunkedEncoder.encode(ByteBuffer.allocate(size), out)).isEqualTo(size);
    assertThat(Wire.text(out.flip())).isEqualTo(digits + "\r\n" + "\0".repeat(size) + "\r\n");
  }

  @Test
  void takesWhatThereIsRoomFor() {
    var data = Wire.direct("hello, world");
    var out = ByteBuffer.allocate(ChunkedEncoder.MOST_OVERHEAD + 5);
    assertThat(ChunkedEncoder.encode(data, out)).isEqualTo(5);
    assertThat(Wire.text(data)).isEqualTo(", world");
    assertThat(Wire.text(out.flip())).isEqualTo("5\r\nhello\r\n");
    out.clear().limit(ChunkedEncoder.MOST_OVERHEAD);
    assertThat(ChunkedEncoder.encode(data, out)).isZero();
    assertThat(out.position()).isZero();
    assertThat(ChunkedEncoder.encode(ByteBuffer.allocate(0), out.clear())).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesAChunkThatWouldEndTheBody(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkedEncoder.start(size, ByteBuffer.allocate(99)))
        .withMessageContaining("RFC 9112 7.1");
  }

  @Test
  void writesTheLastChunkWithTrailersAsAWholeOrNotAtAll() {
    var trailers = Headers.of("Sum", "1", "Sum", "2");
    var expected = "0\r\nSum: 1\r\nSum: 2\r\n\r\n";
    var out = ByteBuffer.allocate(expected.length());
    assertThat(ChunkedEncoder.last(trailers, out.limit(expected.length() - 1))).isFalse();
    assertThat(out.position()).isZero();
    assertThat(ChunkedEncoder.last(trailers, out.clear())).isTrue();
    assertThat(Wire.text(out.flip())).isEqualTo(expected);
    assertThat(ChunkedEncoder.last(Headers.create(), out.clear())).isTrue();
    assertThat(Wire.text(out.flip())).isEqualTo("0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "transfer-encoding", "HOST", "Set-Cookie", "Trailer"})
  void refusesTrailersThatComeTooLate(String name) {
    var out = ByteBuffer.allocate(99);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkedEncoder.last(Headers.of(name, "x"), out))
        .withMessageContaining("RFC 9110 6.5.1");
    assertThat(out.position()).isZero();
  }

  /** What it writes in pieces of any size, the decoder reads back. */
  @Test
  void isReadByTheDecoder() {
    var random = new Random(1);
    for (int run = 0; run < 200; run++) {
      var data = new byte[random.nextInt(5000)];
      random.nextBytes(data);
      var wire = ByteBuffer.allocate(100_000);
      var source = ByteBuffer.wrap(data);
      while (source.hasRemaining()) {
        int room = ChunkedEncoder.MOST_OVERHEAD + 1 + random.nextInt(2000);
        wire.limit(wire.position() + room);
        ChunkedEncoder.encode(source, wire);
        wire.limit(wire.capacity());
      }
      ChunkedEncoder.last(Headers.of("Run", Integer.toString(run)), wire);
      var bytes = new byte[wire.flip().remaining()];
      wire.get(bytes);
      var text = new StringBuilder("data ");
      for (byte b : data) {
        text.append((char) (b & 0xff));
      }
      assertThat(ChunkedDecoderTest.events(bytes, presented -> 1 + random.nextInt(500)))
          .containsExactly(text.toString(), "Run: " + run);
    }
  }
}
