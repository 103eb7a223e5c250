package dev.weir.examples;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.server.HttpServer;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.raw.Relay;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tunnels (RFC 9110 9.3.6), to few places: {@code curl -p -x http://localhost:8080 ...}. The
 * client's side is joined to the other when that is there, and 502 says if it is not.
 */
public final class ConnectProxy {

  private final Context context;
  private final int allowedPort;

  private ConnectProxy(Context context, int allowedPort) {
    this.context = context;
    this.allowedPort = allowedPort;
  }

  /** Listens, and tunnels to one port of this host. */
  public static Listener start(Context context, InetSocketAddress at, int allowedPort) {
    return context.listen(
        at, HttpServer.of(new ConnectProxy(context, allowedPort)::handle).acceptor());
  }

  private void handle(HttpRequest request, HttpResponse response) {
    if (!request.method().equals(Method.CONNECT)
        || !request.target().equals("localhost:" + allowedPort)) {
      response.status(Status.FORBIDDEN).text("this tunnels to one place only\n");
      return;
    }
    context.connect(Endpoint.tcp("localhost", allowedPort), new Tunnel(response));
  }

  /** The far side, on the loop of the near one. */
  private static final class Tunnel implements StreamHandler {
    private final HttpResponse response;

    Tunnel(HttpResponse response) {
      this.response = response;
    }

    @Override
    public void opened(ByteStream far) {
      response.switchProtocol(
          null,
          near ->
              new StreamHandler() {
                @Override
                public void opened(ByteStream stream) {
                  Relay.join(near, far);
                }

                @Override
                public void received(ByteStream stream, ByteBuffer bytes) {}
              });
    }

    @Override
    public void received(ByteStream far, ByteBuffer bytes) {}

    @Override
    public void closed(ByteStream far, @Nullable WeirException problem) {
      response.status(Status.BAD_GATEWAY).text("nobody is there\n");
    }
  }

  /** Tunnels to the port that is given until it is stopped. */
  public static void main(String[] args) {
    try (Context context = Context.start()) {
      start(context, new InetSocketAddress("localhost", 8080), Integer.parseInt(args[0]));
      context.ended().join();
    }
  }
}
