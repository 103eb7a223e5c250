package dev.weir.http.h1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** Bytes as they come from a connection, written one character a byte. */
final class Wire {
  private Wire() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
  }

  /** In a heap buffer, not at its start, as a slice of a loop's buffer would be. */
  static ByteBuffer heap(String text) {
    return place(ByteBuffer.allocate(text.length() + 11), bytes(text), 0, text.length());
  }

  /** In a direct buffer, not at its start. */
  static ByteBuffer direct(String text) {
    return place(ByteBuffer.allocateDirect(text.length() + 11), bytes(text), 0, text.length());
  }

  private static ByteBuffer place(ByteBuffer buffer, byte[] bytes, int from, int to) {
    buffer.position(5).limit(5 + to - from);
    return buffer.put(buffer.position(), bytes, from, to - from);
  }

  /**
   * Presents the bytes as a carrier does: some more each time, behind what was left before, never
   * in the same place, and in heap and direct buffers by turns.
   *
   * @param nextSize how many more, given how many were presented so far
   * @param consumer answers false when it wants no more
   */
  static void present(byte[] bytes, IntUnaryOperator nextSize, Predicate<ByteBuffer> consumer) {
    var heap = ByteBuffer.allocate(bytes.length + 5);
    var direct = ByteBuffer.allocateDirect(bytes.length + 5);
    int consumed = 0;
    int presented = 0;
    boolean more = true;
    while (more && presented < bytes.length) {
      presented = Math.min(bytes.length, presented + Math.max(1, nextSize.applyAsInt(presented)));
      var in = place((presented & 1) == 0 ? heap : direct, bytes, consumed, presented);
      more = consumer.test(in);
      consumed = presented - in.remaining();
    }
  }
}
