package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * Bytes of a file to a socket. The system's {@code sendfile} wants the file's descriptor, which any
 * {@link FileChannel} but ours keeps to itself; another's is mapped, and the system copies once,
 * from where it keeps the file anyway; what cannot be mapped, a file in an archive for one, is
 * read.
 */
public final class FileBytes {

  /** How much is read at a time of what cannot be mapped, in bytes. */
  private static final long PIECE = 64 * 1024;

  private FileBytes() {}

  /**
   * Sends what the system takes. Reads the disk, so it may block.
   *
   * @return how many bytes, 0 if the file has ended, or the negated number of an error
   */
  public static int send(int socket, FileChannel file, long position, long count)
      throws IOException {
    if (file instanceof PosixFile ours) {
      return ours.send(socket, position, count);
    }
    long length = Math.min(count, file.size() - position);
    if (length <= 0) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      return Transfers.send(socket, bytes(file, position, length, arena));
    }
  }

  private static MemorySegment bytes(FileChannel file, long position, long length, Arena arena)
      throws IOException {
    try {
      return file.map(FileChannel.MapMode.READ_ONLY, position, length, arena);
    } catch (UnsupportedOperationException unmappable) {
      MemorySegment piece = arena.allocate(Math.min(length, PIECE));
      int count = file.read(piece.asByteBuffer(), position);
      return piece.asSlice(0, Math.max(count, 0));
    }
  }
}
