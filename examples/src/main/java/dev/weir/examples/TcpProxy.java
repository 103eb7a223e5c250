package dev.weir.examples;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.raw.Relay;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Passes connections on: each side is read no faster than the other takes it, either way. */
public final class TcpProxy {

  private TcpProxy() {}

  /** Listens, and connects to {@code target} for everybody who comes. */
  public static Listener start(Context context, SocketAddress at, Endpoint target) {
    return context.listen(
        at,
        visitor -> {
          // Called on the visitor's loop, and so the connection to the target lives there too.
          Waiting waiting = new Waiting();
          context.connect(target, new Joining(visitor, waiting));
          visitor.pause();
          return waiting;
        });
  }

  /** The way to the target: joined to the visitor when it is there. */
  private record Joining(ByteStream visitor, Waiting waiting) implements StreamHandler {
    @Override
    public void opened(ByteStream target) {
      if (waiting.gone) {
        target.close();
      } else {
        Relay.join(visitor, target);
        visitor.resume();
      }
    }

    @Override
    public void received(ByteStream target, ByteBuffer bytes) {}

    @Override
    public void closed(ByteStream target, @Nullable WeirException problem) {
      visitor.reset(-1);
    }
  }

  /** A visitor who waits: nothing is read of what he says. */
  private static final class Waiting implements StreamHandler {
    private boolean gone;

    @Override
    public void received(ByteStream visitor, ByteBuffer bytes) {}

    @Override
    public void closed(ByteStream visitor, @Nullable WeirException problem) {
      gone = true;
    }
  }

  /** Passes port 9000 on to the host and port that are given. */
  public static void main(String[] args) {
    try (Context context = Context.start()) {
      Endpoint target = Endpoint.tcp(args[0], Integer.parseInt(args[1]));
      start(context, new InetSocketAddress("localhost", 9000), target);
      context.ended().join();
    }
  }
}
