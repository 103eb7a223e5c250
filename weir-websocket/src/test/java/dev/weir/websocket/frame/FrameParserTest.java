package dev.weir.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameParserTest {

  private static ByteBuffer hex(String octets) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(octets.replace(" ", "")));
  }

  /** RFC 6455 5.7. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "text, false, 81 05 48 65 6c 6c 6f, 1, true, Hello",
    "masked text, true, 81 85 37 fa 21 3d 7f 9f 4d 51 58, 1, true, Hello",
    "fragment, false, 01 03 48 65 6c, 1, false, Hel",
    "ping, false, 89 05 48 65 6c 6c 6f, 9, true, Hello",
    "masked pong, true, 8a 85 37 fa 21 3d 7f 9f 4d 51 58, 10, true, Hello",
    "empty, false, 82 00, 2, true, ''",
    "empty masked, true, 82 80 01 02 03 04, 2, true, ''",
  })
  void readsTheSamplesOfTheRfc(
      String what, boolean server, String octets, int opcode, boolean fin, String payload) {
    for (boolean direct : new boolean[] {false, true}) {
      ByteBuffer in = hex(octets);
      if (direct) {
        in = ByteBuffer.allocateDirect(in.remaining()).put(in).flip();
      }
      var parser = new FrameParser(server, false);
      assertTrue(parser.header(in));
      assertEquals(opcode, parser.opcode());
      assertEquals(fin, parser.isFinal());
      assertEquals(opcode >= 8, parser.isControl());
      assertEquals(payload.length(), parser.remaining());
      assertEquals(payload.length(), parser.unmask(in));
      assertEquals(payload, StandardCharsets.US_ASCII.decode(in.duplicate()).toString());
      parser.consumed(payload.length());
      assertEquals(0, parser.remaining());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "82 7e 00 7e, 126",
    "82 7e ff ff, 65535",
    "82 7f 00 00 00 00 00 01 00 00, 65536",
    "82 7f 7f ff ff ff ff ff ff ff, 9223372036854775807",
  })
  void readsLengthsHoweverTheyAreCut(String octets, long length) {
    for (int cut = 0; cut < 4; cut++) {
      var parser = new FrameParser(false, false);
      ByteBuffer in = hex(octets);
      int all = in.limit();
      assertFalse(parser.header(in.limit(cut)));
      assertEquals(cut, in.position());
      if (cut < all - 1) {
        assertFalse(parser.header(in.limit(cut + 1)));
      }
      assertTrue(parser.header(in.limit(all)));
      assertEquals(length, parser.remaining());
    }
  }

  /** Each is refused with its last byte, not later. */
  @ParameterizedTest
  @CsvSource({
    "false, 83, RFC 6455 5.2",
    "false, 87, RFC 6455 5.2",
    "false, 8b, RFC 6455 5.2",
    "false, 8f, RFC 6455 5.2",
    "false, c1, RFC 6455 5.2",
    "false, a1, RFC 6455 5.2",
    "false, 91, RFC 6455 5.2",
    "false, c9, RFC 6455 5.2",
    "false, 80, RFC 6455 5.4",
    "false, 00, RFC 6455 5.4",
    "false, 01 00 01, RFC 6455 5.4",
    "false, 01 00 82, RFC 6455 5.4",
    "false, 01 00 00 00 80 00 80, RFC 6455 5.4",
    "false, 09, RFC 6455 5.5",
    "false, 08, RFC 6455 5.5",
    "false, 88 7e, RFC 6455 5.5",
    "false, 89 7f, RFC 6455 5.5",
    "false, 81 80, RFC 6455 5.1",
    "true, 81 00, RFC 6455 5.1",
    "true, 88 00, RFC 6455 5.1",
    "false, 82 7e 00 00, RFC 6455 5.2",
    "false, 82 7e 00 7d, RFC 6455 5.2",
    "false, 82 7f 00 00 00 00 00 00 00 00, RFC 6455 5.2",
    "false, 82 7f 00 00 00 00 00 00 ff ff, RFC 6455 5.2",
    "false, 82 7f 80 00 00 00 00 00 00 00, RFC 6455 5.2",
    "false, 82 7f ff ff ff ff ff ff ff ff, RFC 6455 5.2",
  })
  void refusesAtTheFirstWrongByte(boolean server, String octets, String section) {
    ByteBuffer bytewise = hex(octets);
    var parser = new FrameParser(server, false);
    int last = bytewise.limit();
    for (int i = 0; i < last - 1; i++) {
      parser.header(bytewise.limit(i + 1));
    }
    var e =
        assertThrows(WebSocketException.Violation.class, () -> parser.header(bytewise.limit(last)));
    assertEquals(1002, e.code());
    assertEquals(section, e.reference());
    assertEquals(0, e.getStackTrace().length);
    var whole = new FrameParser(server, false);
    ByteBuffer in = hex(octets);
    assertThrows(
        WebSocketException.Violation.class,
        () -> {
          boolean more = true;
          while (more) {
            more = whole.header(in);
          }
        });
  }

  @Test
  void reservedBit1IsForTheFirstFrameOnly() {
    var parser = new FrameParser(false, true);
    assertTrue(parser.header(hex("41 00")));
    assertTrue(parser.isRsv1());
    assertTrue(parser.header(hex("00 00")));
    assertFalse(parser.isRsv1());
    assertThrows(WebSocketException.Violation.class, () -> parser.header(hex("c0 00")));
    for (String octets : new String[] {"a1 00", "91 00", "e1 00", "c9 00", "c8 00"}) {
      var other = new FrameParser(false, true);
      assertThrows(WebSocketException.Violation.class, () -> other.header(hex(octets)), octets);
    }
  }

  /** What was unmasked and not used comes again in another buffer, and is not unmasked twice. */
  @Test
  void payloadIsUnmaskedOnceHoweverItIsConsumed() {
    byte[] plain = new byte[1000];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i * 7);
    }
    for (int step = 1; step < 40; step++) {
      ByteBuffer wire = ByteBuffer.allocate(1100);
      FrameEncoder.client(() -> 0x12345678)
          .encode(wire, true, false, Opcode.BINARY, ByteBuffer.wrap(plain), plain.length);
      wire.flip();
      var parser = new FrameParser(true, false);
      assertTrue(parser.header(wire));
      ByteBuffer window = ByteBuffer.allocate(0);
      int at = 0;
      while (parser.remaining() > 0) {
        ByteBuffer next = ByteBuffer.allocate(window.remaining() + 3 * step);
        next.put(window);
        while (next.hasRemaining() && wire.hasRemaining()) {
          next.put(wire.get());
        }
        window = next.flip();
        int available = parser.unmask(window);
        int used = Math.min(available, step);
        for (int i = 0; i < used; i++) {
          assertEquals(plain[at++], window.get());
        }
        parser.consumed(used);
      }
      assertEquals(plain.length, at);
    }
  }

  @Test
  void knowsAsciiWhenItUnmasks() {
    for (String text : new String[] {"plain", "plain but long enough for a word", "not é", "é"}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      ByteBuffer wire = ByteBuffer.allocate(100);
      FrameEncoder.client(() -> 0x92345678)
          .encode(wire, true, false, Opcode.TEXT, ByteBuffer.wrap(utf8), utf8.length);
      var parser = new FrameParser(true, false);
      parser.header(wire.flip());
      parser.unmask(wire);
      assertEquals(utf8.length == text.length(), parser.isAscii());
    }
  }
}
