package dev.weir.websocket.deflate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a message or 1007, and the same one however input and output are cut. */
final class MessageInflaterFuzzTest {

  private static final int LIMIT = 1 << 20;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "f248cdc9c90700",
            "000500faff48656c6c6f00",
            "f348cdc9c9070000f348cdc9c90700",
            "f24805000000ffffcac9c90700",
            "0300",
            "ecc101010000008090feaf6e9000")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("seeds")
  @FuzzTest
  void isNeverSurprised(byte[] compressed) {
    byte[] whole = inflate(compressed, compressed.length + 1, 1 << 16);
    var random = new Random(compressed.length);
    byte[] cut = inflate(compressed, 1 + random.nextInt(8), 1 + random.nextInt(300));
    if (!Arrays.equals(whole, cut)) {
      throw new AssertionError("depends on how it is cut");
    }
  }

  private static byte @Nullable [] inflate(byte[] compressed, int pieceIn, int pieceOut) {
    try (var pool = new CompressorPool()) {
      var inflater = new MessageInflater(pool, false);
      ByteBuffer all = ByteBuffer.allocate(LIMIT);
      inflater.begin();
      try {
        int at = 0;
        do {
          int length = Math.min(pieceIn, compressed.length - at);
          ByteBuffer in = ByteBuffer.wrap(compressed, at, length);
          at += length;
          boolean done;
          do {
            ByteBuffer out = all.slice(all.position(), Math.min(pieceOut, all.remaining()));
            done = inflater.inflate(in, at == compressed.length, out);
            all.position(all.position() + out.position());
          } while (!done && all.hasRemaining());
        } while (at < compressed.length && all.hasRemaining());
        return Arrays.copyOf(all.array(), all.position());
      } catch (WebSocketException.Violation e) {
        return null;
      } finally {
        inflater.release();
        Assertions.assertEquals(0, pool.lent());
      }
    }
  }
}
