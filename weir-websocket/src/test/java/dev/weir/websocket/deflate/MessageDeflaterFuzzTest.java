package dev.weir.websocket.deflate;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever is sent in whatever pieces: it is read back, and the window is kept. */
final class MessageDeflaterFuzzTest {

  @FuzzTest
  void isReadBackWithinTheWindow(FuzzedDataProvider data) {
    try (var pool = new CompressorPool()) {
      int bits = data.consumeInt(8, 15);
      boolean takeover = data.consumeBoolean();
      var deflater = new MessageDeflater(pool, data.consumeInt(0, 9), takeover, bits);
      var reader = new DeflateReader();
      for (int messages = data.consumeInt(1, 4); messages > 0; messages--) {
        int repeats = data.consumeInt(1, 300);
        byte[] unit = data.consumeBytes(300);
        if (unit.length > 0) {
          ByteBuffer message = ByteBuffer.allocate(unit.length * repeats);
          for (int i = 0; i < repeats; i++) {
            message.put(unit);
          }
          check(deflater, reader, message.flip(), data);
          if (!takeover) {
            reader.forget();
          }
        }
      }
      if (reader.largestDistance() > 1 << bits) {
        throw new AssertionError(reader.largestDistance() + " is further than the window");
      }
      deflater.release();
    }
  }

  private static void check(
      MessageDeflater deflater, DeflateReader reader, ByteBuffer message, FuzzedDataProvider data) {
    var expected = new byte[message.remaining()];
    message.get(0, expected);
    int piece = data.consumeInt(1, expected.length);
    int room = data.consumeInt(16, 2000);
    var compressed = new ByteArrayOutputStream();
    while (message.hasRemaining()) {
      ByteBuffer payload = message.slice(message.position(), Math.min(piece, message.remaining()));
      message.position(message.position() + payload.remaining());
      boolean done;
      do {
        ByteBuffer out = ByteBuffer.allocate(room);
        done = deflater.deflate(payload, !message.hasRemaining(), out);
        compressed.write(out.array(), 0, out.position());
      } while (!done);
    }
    if (!Arrays.equals(expected, reader.message(compressed.toByteArray()))) {
      throw new AssertionError("not what was sent");
    }
  }
}
