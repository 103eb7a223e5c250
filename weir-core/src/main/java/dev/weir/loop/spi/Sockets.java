package dev.weir.loop.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets that a {@link Poller} of the same kind can watch. Addresses are {@link
 * java.net.InetSocketAddress} (resolved) or {@link java.net.UnixDomainSocketAddress}.
 *
 * <p>Any thread: whoever listens or adopts is told at once whether that could be done, wherever it
 * is called from. What is made is then handed to the loop, and is its own.
 */
public interface Sockets {

  /**
   * Opens a stream socket and begins to connect it. It becomes ready to write when the connection
   * is there or has failed; see {@link Socket.Stream#finishConnect()}.
   *
   * @param from the address to bind to first, or {@code null}
   */
  Socket.Stream connect(SocketAddress to, @Nullable SocketAddress from, SocketOptions options)
      throws IOException;

  /** Opens a stream socket that listens. */
  Socket.Listen listen(SocketAddress at, int backlog, SocketOptions options) throws IOException;

  /**
   * Opens a datagram socket.
   *
   * @param at the address to bind to, or {@code null} for any
   * @param to the address to connect to, or {@code null} for none
   */
  Socket.Datagram datagram(
      @Nullable SocketAddress at, @Nullable SocketAddress to, SocketOptions options)
      throws IOException;

  /**
   * Opens a file that stream sockets of this kind can send, as {@link
   * Socket.Stream#write(FileChannel, long, long)} does, in the shortest way they have. They can
   * send others too. Blocks.
   *
   * @return to be read and closed; it need be of no other use
   * @throws IOException as {@link #open} does
   */
  default FileChannel file(Path path) throws IOException {
    return open(path);
  }

  /**
   * Opens a file to read it, without following a symbolic link that its last name may be. Of file
   * systems other than the system's own, archives above all, that is not asked: the JDK's refuse
   * the question. Blocks.
   *
   * @throws IOException as {@link FileChannel#open} does, also if there is such a link
   */
  static FileChannel open(Path path) throws IOException {
    return path.getFileSystem().equals(FileSystems.getDefault())
        ? FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
        : FileChannel.open(path, StandardOpenOption.READ);
  }

  /**
   * Reads of a file of {@link #file} what the system has in memory. Never waits for the disk, so a
   * loop may call it; but not while another thread uses the file.
   *
   * @return how many bytes went to {@code dst}; 0 if none are in memory, the file has ended, or
   *     this kind cannot tell: then a worker reads the file as any other
   * @throws IOException if the file cannot be read
   */
  default int readCached(FileChannel file, ByteBuffer dst, long position) throws IOException {
    return 0;
  }

  /**
   * Makes a socket of this kind out of one that somebody else opened, which this one then owns.
   *
   * @param foreign what the kind can use: a {@code java.nio} channel, or a descriptor
   * @throws IllegalArgumentException if it is nothing that this kind can use
   */
  Socket adopt(Object foreign) throws IOException;
}
