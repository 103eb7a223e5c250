package dev.weir.loop.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file by which a listening unix socket is found. Binding makes it, closing the socket does not
 * remove it, and so a process that was killed leaves one behind that keeps the next from binding.
 */
final class UnixSocketFile {

  private final Path path;
  private final @Nullable Object key;

  private UnixSocketFile(Path path) {
    this.path = path;
    this.key = keyOf(path);
  }

  /** Binds, in place of a socket that nobody listens on any more if there is one. */
  static UnixSocketFile bind(ServerSocketChannel channel, UnixDomainSocketAddress at, int backlog)
      throws IOException {
    try {
      channel.bind(at, backlog);
    } catch (BindException e) {
      if (!isAbandoned(at)) {
        throw e;
      }
      Files.delete(at.getPath());
      channel.bind(at, backlog);
    }
    return new UnixSocketFile(((UnixDomainSocketAddress) channel.getLocalAddress()).getPath());
  }

  /** Removes the file, unless it is somebody else's by now. */
  void remove() {
    if (key == null || !key.equals(keyOf(path))) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // A directory that became read-only: the next to bind will find the file abandoned.
    }
  }

  private static boolean isAbandoned(UnixDomainSocketAddress at) throws IOException {
    var attributes =
        Files.readAttributes(at.getPath(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      return false;
    }
    try (SocketChannel visitor = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not blocking: where somebody listens, the queue may be full.
      visitor.configureBlocking(false);
      visitor.connect(at);
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
}
