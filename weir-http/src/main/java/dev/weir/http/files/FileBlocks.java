package dev.weir.http.files;

import dev.weir.loop.Loop;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;

/**
 * Blocks of files on their way from a worker, which reads them, to a loop, which sends them. A loop
 * has a few, which are lent in the order of asking: however many want one, no more memory is taken
 * than the processor's caches may keep. It is outside of the heap, so that a byte is copied once.
 * Loop thread.
 */
final class FileBlocks {

  /**
   * The most that a block has, in bytes: a trip to a worker costs as much as to copy some of it.
   */
  static final int SIZE = 256 * 1024;

  /** How many a loop has: while it sends one, workers read the others. */
  static final int MOST = 4;

  /** Somebody who waits for a block. */
  @FunctionalInterface
  interface Reader {

    /** Takes an empty block, to {@link #give} it back; or answers no, and wants none any more. */
    boolean takes(ByteBuffer block);
  }

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
  private final ArrayDeque<Reader> waiting = new ArrayDeque<>();
  private int made;

  static FileBlocks of(Loop loop) {
    return loop.local(FileBlocks.class, FileBlocks::new);
  }

  /** Has the reader take a block: now, or when others have given theirs back. */
  void lend(Reader reader) {
    waiting.add(reader);
    ByteBuffer block = free.poll();
    if (block == null && made < MOST) {
      block = ByteBuffer.allocateDirect(SIZE);
      made++;
    }
    if (block != null) {
      give(block);
    }
  }

  /** Takes a block back. The caller must not touch it again. */
  void give(ByteBuffer block) {
    for (Reader next; (next = waiting.poll()) != null; ) {
      if (next.takes(block.clear())) {
        return;
      }
    }
    free.push(block);
  }

  /** Reads as much as there is room for. Blocks; any thread. */
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
