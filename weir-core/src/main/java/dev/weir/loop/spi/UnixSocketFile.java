package dev.weir.loop.spi;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file by which a listening unix socket is found, for those who implement {@link Sockets}.
 * Binding makes it, closing the socket does not remove it, and so a process that was killed leaves
 * one behind that keeps the next from binding.
 */
public final class UnixSocketFile {

  private final Path path;
  private final @Nullable Object key;

  private UnixSocketFile(Path path) {
    this.path = path;
    this.key = keyOf(path);
  }

  /**
   * Binds, in place of a socket that nobody listens on any more if there is one.
   *
   * @param bind binds to the path; throws {@link BindException} if there is a file
   * @param visit connects to the path, without waiting, and goes away; throws {@link
   *     ConnectException} if nobody listens there
   */
  public static UnixSocketFile bind(Path path, Call bind, Call visit) throws IOException {
    try {
      bind.make();
    } catch (BindException e) {
      if (!isAbandoned(path, visit)) {
        throw e;
      }
      Files.delete(path);
      bind.make();
    }
    return new UnixSocketFile(path);
  }

  /** Removes the file, unless it is somebody else's by now. */
  public void remove() {
    if (key == null || !key.equals(keyOf(path))) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // A directory that became read-only: the next to bind will find the file abandoned.
    }
  }

  private static boolean isAbandoned(Path path, Call visit) throws IOException {
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      return false;
    }
    try {
      visit.make();
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  /** What tells this file from another of that name, or {@code null} if it is gone. */
  private static @Nullable Object keyOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** What is done to a socket. */
  @FunctionalInterface
  public interface Call {
    /**
     * Does it.
     *
     * @throws IOException if the system refuses
     */
    void make() throws IOException;
  }
}
