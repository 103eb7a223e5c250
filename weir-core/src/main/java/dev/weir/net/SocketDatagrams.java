package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import dev.weir.stream.StreamException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Datagrams on a socket. */
final class SocketDatagrams implements Datagrams, Poller.Ready, ServiceThread.Ending {

  private static final System.Logger LOG = System.getLogger("dev.weir.net");

  /** One socket's share of a turn. */
  private static final int RECEIVES_PER_TURN = 64;

  private final ServiceThread service;
  private final Loop loop;
  private final @Nullable SocketAddress local;
  private final Socket.Datagram socket;
  private final DatagramHandler handler;
  private Poller.@Nullable Watch watch;
  private boolean paused;
  private boolean wantWritable;
  private boolean closed;

  SocketDatagrams(ServiceThread service, Socket.Datagram socket, DatagramHandler handler) {
    this.service = service;
    this.loop = service.loop;
    this.local = socket.local();
    this.socket = socket;
    this.handler = handler;
  }

  void open() {
    try {
      watch = loop.poller().watch(socket, Poller.READ, this);
    } catch (IOException e) {
      finish(new StreamException.Aborted("udp", -1, "the socket cannot be watched", e));
      return;
    }
    service.add(this);
    try {
      handler.opened(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public @Nullable SocketAddress local() {
    return local;
  }

  @Override
  public void ready(int ops) {
    if ((ops & Poller.WRITE) != 0 && wantWritable && !closed) {
      wantWritable = false;
      watchFor();
      try {
        handler.writable(this);
      } catch (RuntimeException | Error e) {
        handlerFailed(e);
      }
    }
    if ((ops & Poller.READ) != 0) {
      ByteBuffer scratch = loop.buffers().take();
      try {
        for (int n = 0; n < RECEIVES_PER_TURN && !paused && !closed; n++) {
          if (!receive(scratch.clear())) {
            return;
          }
        }
      } finally {
        loop.buffers().give(scratch);
      }
    }
  }

  private boolean receive(ByteBuffer scratch) {
    try {
      SocketAddress from = socket.receive(scratch);
      if (from == null) {
        return false;
      }
      handler.received(this, scratch.flip(), from);
    } catch (PortUnreachableException e) {
      // ICMP about something sent before: datagrams may be lost, this one was. The socket lives.
      return true;
    } catch (IOException e) {
      finish(new StreamException.Reset("udp", -1, "cannot receive: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
    return true;
  }

  @Override
  public boolean send(ByteBuffer data, @Nullable SocketAddress to) {
    if (closed) {
      data.position(data.limit());
      return true;
    }
    try {
      return socket.send(data, to);
    } catch (PortUnreachableException e) {
      data.position(data.limit());
      return true;
    } catch (IOException e) {
      // A datagram that cannot be sent (too long, no route) is a datagram that was lost.
      LOG.log(Level.DEBUG, "a datagram to " + to + " was dropped: " + e.getMessage());
      data.position(data.limit());
      return true;
    }
  }

  @Override
  public void wantWritable() {
    wantWritable = true;
    watchFor();
  }

  @Override
  public void pause() {
    paused = true;
    watchFor();
  }

  @Override
  public void resume() {
    paused = false;
    watchFor();
  }

  @Override
  public void close() {
    if (!loop.inLoop()) {
      loop.execute(this::close);
    } else {
      finish(null);
    }
  }

  private void handlerFailed(Throwable e) {
    LOG.log(Level.ERROR, "the handler of datagrams on " + local + " failed", e);
  }

  @Override
  public void drain() {
    try {
      handler.drain(this);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  @Override
  public void cut() {
    finish(null);
  }

  private void finish(@Nullable StreamException why) {
    if (closed) {
      return;
    }
    closed = true;
    if (watch != null) {
      watch.cancel();
    }
    socket.close();
    service.remove(this);
    loop.execute(() -> handler.closed(this, why));
  }

  private void watchFor() {
    if (watch != null && !closed) {
      watch.interest((paused ? 0 : Poller.READ) | (wantWritable ? Poller.WRITE : 0));
    }
  }
}
