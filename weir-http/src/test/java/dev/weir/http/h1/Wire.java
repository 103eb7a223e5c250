package dev.weir.http.h1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
    return place(ByteBuffer.allocate(text.length() + 11), text);
  }

  /** In a direct buffer, not at its start. */
  static ByteBuffer direct(String text) {
    return place(ByteBuffer.allocateDirect(text.length() + 11), text);
  }

  private static ByteBuffer place(ByteBuffer buffer, String text) {
    buffer.position(5).limit(5 + text.length());
    return buffer.put(buffer.position(), bytes(text));
  }
}
