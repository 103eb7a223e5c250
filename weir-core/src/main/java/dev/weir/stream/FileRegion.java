package dev.weir.stream;

import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of an open file that are to be sent. The file stays the caller's: it is neither closed nor
 * are its position and size changed.
 *
 * @param file an open, readable file
 * @param position of the first byte, from 0
 * @param count how many bytes
 */
public record FileRegion(FileChannel file, long position, long count) {

  /** Told once, on the loop, when a transfer is over. */
  @FunctionalInterface
  public interface Done {

    /**
     * The carrier took all bytes and needs the file no more. Called before {@link #done}, by the
     * worker that sent the last of them: what may block, such as closing the file, is done here
     * without a trip to a worker of its own. Not called where a transfer ends otherwise.
     */
    default void taken() {}

    /**
     * The transfer is over.
     *
     * @param sent how many bytes the carrier took; fewer than {@link FileRegion#count()} only with
     *     a {@code problem}, or when the file turned out shorter
     * @param problem a {@link StreamException} if the stream ended, which its handler is told too;
     *     any other exception is about the file, and ends the stream
     */
    void done(long sent, @Nullable Exception problem);
  }
}
