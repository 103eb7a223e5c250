package dev.weir.testkit;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One end of a simulated connection; it may outlive its descriptor to send what was written. */
final class SimStreamSocket extends SimSocket implements Socket.Stream {

  private final SocketAddress local;
  private final SocketAddress remote;
  private final SocketOptions options;

  /** Whom an accepted connection is shown to once it is there. */
  private final @Nullable SimListenSocket listener;

  private @Nullable Handshake handshake;
  private @Nullable Pipe in;
  private @Nullable Pipe out;
  private @Nullable IOException refused;
  private boolean connected;
  private boolean shown;
  private boolean wasReset;

  /** Who is to have this socket write, or {@code null} if nothing waits for that. */
  private @Nullable SimPoller writing;

  SimStreamSocket(
      SimHost host,
      SocketAddress local,
      SocketAddress remote,
      SocketOptions options,
      @Nullable SimListenSocket listener) {
    super(host);
    this.local = local;
    this.remote = remote;
    this.options = options;
    this.listener = listener;
  }

  // ---- the connection comes about

  /** Begins to connect. */
  void connect() {
    handshake = new Handshake(host.network, this);
    handshake.send();
  }

  void connect(Pipe receiving, Pipe sending) {
    in = receiving;
    out = sending;
  }

  /** The other side knows of the connection. */
  void opened() {
    if (isClosed()) {
      refuse();
    } else if (listener != null) {
      shown = true;
      listener.arrived(this);
    } else {
      connected = true;
      sending().sendOpened();
      changed();
    }
  }

  /** There will be no connection. */
  void refused(IOException why) {
    if (!isClosed()) {
      refused = why;
      changed();
    }
  }

  /** The listener has given the connection to a program. */
  void accepted() {
    connected = true;
  }

  @Override
  public boolean finishConnect() throws IOException {
    IOException why = refused;
    if (why != null) {
      throw why;
    }
    if (wasReset) {
      throw new ConnectException("Connection reset by peer");
    }
    return connected;
  }

  // ---- what the pipes ask

  int sendBuffer() {
    return options.sendBuffer() > 0 ? options.sendBuffer() : host.conditions().sendBuffer();
  }

  int receiveBuffer() {
    return options.receiveBuffer() > 0
        ? options.receiveBuffer()
        : host.conditions().receiveBuffer();
  }

  boolean wasReset() {
    return wasReset;
  }

  /** The connection was cut from the other side or on the way. */
  void resetArrived() {
    if (!wasReset) {
      wasReset = true;
      if (listener != null && !shown) {
        listener.gaveUp();
      }
      sending().stop();
      if (host.conditions().forgetsOnReset()) {
        receiving().discard();
      }
      changed();
    }
  }

  /** Bytes have come for a program that no longer is there. */
  void refuse() {
    sending().reset();
  }

  // ---- what the program calls

  @Override
  int readiness() {
    if (refused != null || wasReset) {
      return Poller.READ | Poller.WRITE | Poller.RESET;
    }
    if (!connected) {
      return 0;
    }
    return (receiving().available() > 0 || receiving().ended() ? Poller.READ : 0)
        | (sending().room() > 0 ? Poller.WRITE : 0);
  }

  @Override
  public SocketAddress local() {
    return local;
  }

  @Override
  public SocketAddress remote() {
    return remote;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    checkUsable("read");
    Pipe from = receiving();
    int available = Math.min(from.available(), dst.remaining());
    if (available > 0) {
      int count = host.shortened(available, host.conditions().shortReads());
      from.read(dst, count);
      return count;
    }
    if (wasReset) {
      throw new IOException("Connection reset by peer");
    }
    return from.ended() && from.available() == 0 ? -1 : 0;
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    return (int) writeAll(src, null);
  }

  /** As late as may be: whoever relies on more finds out. */
  @Override
  public void writeSoon(ByteBuffer src, Written then) {
    finishWriting();
    SimPoller by = poller();
    if (by == null) {
      Socket.Stream.super.writeSoon(src, then);
      return;
    }
    writing = by;
    by.writeSoon(() -> {
      writing = null;
      Socket.Stream.super.writeSoon(src, then);
    });
  }

  private void finishWriting() {
    SimPoller by = writing;
    if (by != null) {
      by.writeNow();
    }
  }

  @Override
  public long write(ByteBuffer first, ByteBuffer second) throws IOException {
    return writeAll(first, second);
  }

  private long writeAll(ByteBuffer first, @Nullable ByteBuffer second) throws IOException {
    finishWriting();
    checkUsable("write");
    if (wasReset) {
      throw new IOException("Broken pipe");
    }
    int wanted = first.remaining() + (second == null ? 0 : second.remaining());
    int possible = Math.min(sending().room(), wanted);
    int taken = host.shortened(possible, host.conditions().shortWrites());
    int ofFirst = Math.min(taken, first.remaining());
    sending().write(first, ofFirst);
    if (second != null) {
      sending().write(second, taken - ofFirst);
    }
    return taken;
  }

  @Override
  public long write(FileChannel file, long position, long count) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, sending().room()));
    file.read(piece, position);
    return write(piece.flip());
  }

  @Override
  public void shutdownOutput() throws IOException {
    finishWriting();
    checkUsable("shutdownOutput");
    if (wasReset) {
      throw new IOException("Transport endpoint is not connected");
    }
    sending().end();
  }

  @Override
  public void close() {
    finishWriting();
    boolean wasOpen = closeOnce();
    if (handshake != null) {
      handshake.abandon();
    }
    if (wasOpen && connected && !wasReset) {
      if (receiving().available() > 0) {
        // RFC 9293 3.10.4, RFC 1122 4.2.2.13: bytes that nobody will read are answered by a reset.
        sending().reset();
      } else {
        sending().end();
      }
    }
  }

  @Override
  public void abort() {
    finishWriting();
    if (connected && !wasReset && !isClosed()) {
      sending().reset();
      wasReset = true;
    }
    close();
  }

  private void checkUsable(String call) throws IOException {
    checkOpen(call);
    if (isClosed() || !connected) {
      throw new ClosedChannelException();
    }
  }

  private Pipe receiving() {
    return there(in);
  }

  private Pipe sending() {
    return there(out);
  }

  private static Pipe there(@Nullable Pipe pipe) {
    if (pipe == null) {
      throw new IllegalStateException("not connected yet");
    }
    return pipe;
  }

  @Override
  public String toString() {
    return local + " -> " + remote;
  }
}
