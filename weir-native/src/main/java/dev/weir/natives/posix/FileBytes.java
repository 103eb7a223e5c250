package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * Bytes of a file to a socket. The system's {@code sendfile} wants the file's descriptor, which any
 * {@link FileChannel} but ours keeps to itself; another's is mapped, and the system copies once,
 * from where it keeps the file anyway.
 */
public final class FileBytes {

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
      MemorySegment bytes = file.map(FileChannel.MapMode.READ_ONLY, position, length, arena);
      return Transfers.send(socket, bytes);
    }
  }
}
