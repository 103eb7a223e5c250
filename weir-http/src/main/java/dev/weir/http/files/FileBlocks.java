package dev.weir.http.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Blocks of files on their way from a worker, which reads them, to a loop, which sends them. The
 * memory is outside of the heap, so that a byte is copied once, and used again. Any thread.
 */
final class FileBlocks {

  /**
   * The most that a block has, in bytes: a trip to a worker costs as much as to copy some of it.
   */
  static final int SIZE = 256 * 1024;

  /** More than these are not kept when they come back; no more workers read at a time. */
  private static final int KEPT = 8;

  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT);

  /**
   * Reads a block, to be given back by {@link #give}. Blocks.
   *
   * @param count how many bytes, at most {@value #SIZE}
   * @throws EOFException if the file has fewer
   */
  ByteBuffer read(FileChannel file, long position, int count) throws IOException {
    ByteBuffer kept = free.poll();
    ByteBuffer block = kept == null ? ByteBuffer.allocateDirect(SIZE) : kept.clear();
    try {
      return fill(block.limit(count), file, position);
    } catch (IOException e) {
      give(block);
      throw e;
    }
  }

  /** Takes a block of {@link #read} back. The caller must not touch it again. */
  void give(ByteBuffer block) {
    free.offer(block);
  }

  /** Reads as much as there is room for. Blocks. */
  static ByteBuffer fill(ByteBuffer block, FileChannel file, long position) throws IOException {
    while (block.hasRemaining()) {
      if (file.read(block, position + block.position()) < 0) {
        throw shorter();
      }
    }
    return block.flip();
  }

  static EOFException shorter() {
    return new EOFException("the file became shorter while it was sent");
  }
}
