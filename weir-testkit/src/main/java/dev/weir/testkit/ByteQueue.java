package dev.weir.testkit;

import java.nio.ByteBuffer;

/** Bytes on their way, first in, first out. Grows to what is in it. */
final class ByteQueue {

  private static final int FIRST_SIZE = 512;

  private byte[] ring = {};
  private int first;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes {@code count} bytes of {@code src}. */
  void add(ByteBuffer src, int count) {
    makeRoom(count);
    int at = (first + size) % ring.length;
    int straight = Math.min(count, ring.length - at);
    src.get(ring, at, straight);
    src.get(ring, 0, count - straight);
    size += count;
  }

  /** Gives {@code count} bytes to {@code dst}. */
  void remove(ByteBuffer dst, int count) {
    int straight = Math.min(count, ring.length - first);
    dst.put(ring, first, straight);
    dst.put(ring, 0, count - straight);
    drop(count);
  }

  /** Takes {@code count} bytes out. */
  byte[] remove(int count) {
    byte[] bytes = peek(count);
    drop(count);
    return bytes;
  }

  /** A copy of the first bytes, at most {@code most}. */
  byte[] peek(int most) {
    byte[] bytes = new byte[Math.min(most, size)];
    int straight = Math.min(bytes.length, ring.length - first);
    System.arraycopy(ring, first, bytes, 0, straight);
    System.arraycopy(ring, 0, bytes, straight, bytes.length - straight);
    return bytes;
  }

  /** Drops {@code count} bytes. */
  void drop(int count) {
    size -= count;
    first = size == 0 ? 0 : (first + count) % ring.length;
  }

  void clear() {
    ring = new byte[0];
    first = 0;
    size = 0;
  }

  private void makeRoom(int count) {
    if (size + count <= ring.length) {
      return;
    }
    int length = Math.max(FIRST_SIZE, Integer.highestOneBit(size + count - 1) << 1);
    byte[] larger = new byte[length];
    int had = size;
    remove(ByteBuffer.wrap(larger), had);
    ring = larger;
    first = 0;
    size = had;
  }
}
