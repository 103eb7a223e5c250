package dev.weir.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEncoderTest {

  private static final FrameEncoder SERVER = FrameEncoder.server();

  /** RFC 6455 5.7. */
  @Test
  void writesTheSamplesOfTheRfc() {
    ByteBuffer hello = ByteBuffer.wrap("Hello".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer out = ByteBuffer.allocateDirect(100);
    SERVER.encode(out, true, false, Opcode.TEXT, hello.duplicate(), 5);
    FrameEncoder.client(() -> 0x37fa213d)
        .encode(out, true, false, Opcode.TEXT, hello.duplicate(), 5);
    SERVER.encode(out, false, false, Opcode.TEXT, hello, 3);
    SERVER.encode(out, true, true, Opcode.CONTINUATION, hello, 2);
    var written = new byte[out.flip().remaining()];
    out.get(written);
    assertEquals(
        "810548656c6c6f" + "818537fa213d7f9f4d5158" + "010348656c" + "c0026c6f",
        HexFormat.of().formatHex(written));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 100_000})
  void parserReadsWhatItWrites(int length) {
    var data = new byte[length];
    new Random(length).nextBytes(data);
    for (boolean client : new boolean[] {false, true}) {
      var keys = new Random(1);
      FrameEncoder encoder = client ? FrameEncoder.client(keys::nextInt) : SERVER;
      ByteBuffer out = ByteBuffer.allocate(length + FrameEncoder.MAX_HEADER);
      encoder.encode(out, true, false, Opcode.BINARY, ByteBuffer.wrap(data), length);
      assertEquals(encoder.headerBytes(length) + length, out.position());
      ByteBuffer inPlace = ByteBuffer.allocate(length + FrameEncoder.MAX_HEADER);
      inPlace.put(encoder.headerBytes(length), data);
      encoder.enclose(inPlace, true, false, Opcode.BINARY, length);
      for (ByteBuffer in : new ByteBuffer[] {out.flip(), inPlace.flip()}) {
        var parser = new FrameParser(client, false);
        assertTrue(parser.header(in));
        assertEquals(length, parser.remaining());
        assertEquals(length, parser.unmask(in));
        var read = new byte[length];
        in.get(read);
        assertArrayEquals(data, read);
        assertEquals(0, in.remaining());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fitsAsMuchAsThereIsRoomFor(boolean client) {
    FrameEncoder encoder = client ? FrameEncoder.client(() -> 1) : SERVER;
    int[] rooms = {0, 1, 2, 5, 6, 126, 127, 128, 129, 130, 131, 132, 133, 134, 140, 1000};
    for (int extra = -8; extra < 20; extra++) {
      for (int base : rooms) {
        check(encoder, base + Math.max(0, extra));
      }
      check(encoder, 65535 + extra);
      check(encoder, 70_000 + extra);
    }
  }

  private static void check(FrameEncoder encoder, int room) {
    for (int wanted : new int[] {0, 1, 124, 125, 126, 127, room, 65535, 65536, 1 << 30}) {
      int best = -1;
      int from = Math.max(0, Math.min(wanted, room) - 30);
      for (int length = from; length <= Math.min(wanted, room); length++) {
        if (encoder.headerBytes(length) + length <= room) {
          best = length;
        }
      }
      assertEquals(best, encoder.fit(room, wanted), "room " + room + ", wanted " + wanted);
    }
  }

  @Test
  void refusesNothingThatFits() {
    assertEquals(5, SERVER.fit(7, 5));
    assertEquals(0, SERVER.fit(2, 5));
    assertEquals(-1, SERVER.fit(1, 0));
    assertEquals(
        Arrays.asList(2, 2, 4, 10),
        Arrays.asList(
            SERVER.headerBytes(0),
            SERVER.headerBytes(125),
            SERVER.headerBytes(126),
            SERVER.headerBytes(65536)));
  }
}
