package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.fields.Octets;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a head is put together before it is copied to the output as one piece: so it is written as
 * a whole or not at all, into heap and direct buffers alike. One is used for all heads of a loop.
 */
final class HeadWriter {
  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes = new byte[1024];
  private int length;

  void start() {
    length = 0;
  }

  void put(byte[] source) {
    put(source, source.length);
  }

  /** Writes the first so many bytes. */
  void put(byte[] source, int count) {
    ensure(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  /** Writes the low byte of each character; the text is known to have no other. */
  @SuppressWarnings("deprecation") // the one way to copy Latin-1 text without an intermediate array
  void put(String text) {
    int count = text.length();
    ensure(count);
    text.getBytes(0, count, bytes, length);
    length += count;
  }

  void put(char character) {
    ensure(1);
    bytes[length++] = (byte) character;
  }

  void put(long number) {
    ensure(LONGEST_NUMBER);
    long rest = number;
    int digits = 1;
    for (long n = number; n >= 10; n /= 10) {
      digits++;
    }
    length += digits;
    for (int i = length - 1; i >= length - digits; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  void endLine() {
    ensure(2);
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  void field(HeaderName name, String value) {
    name(name);
    put(value);
    endLine();
  }

  void field(HeaderName name, long value) {
    name(name);
    put(value);
    endLine();
  }

  /** How many bytes have been written. */
  int length() {
    return length;
  }

  /** Copies what has been written to the beginning of {@code target}. */
  void copyTo(byte[] target) {
    System.arraycopy(bytes, 0, target, 0, length);
  }

  private void name(HeaderName name) {
    ensure(name.length() + 2);
    length = name.copyTo(bytes, length);
    bytes[length++] = ':';
    bytes[length++] = ' ';
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length << 1, length + more));
    }
  }

  /** Copies all of it to {@code out}, if there is room; else nothing. */
  boolean writeTo(ByteBuffer out) {
    if (out.remaining() < length) {
      return false;
    }
    out.put(bytes, 0, length);
    return true;
  }

  /** Whether every character may stand in a request target, and there is one. */
  static boolean isTarget(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c > 0x7f || (c != '?' && !Octets.isTarget((byte) c))) {
        return false;
      }
    }
    return !target.isEmpty();
  }
}
