package dev.weir.examples;

import dev.weir.http.server.HttpServer;
import dev.weir.http.server.Routes;
import dev.weir.net.Context;
import dev.weir.net.Listener;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * Serves on a listening socket that somebody else has opened, so that it needs no right to the
 * port, and no visitor is turned away while it restarts: {@code systemd-socket-activate --inetd}.
 */
public final class InheritedServer {

  private InheritedServer() {}

  /** Takes the socket over. */
  public static Listener start(Context context, ServerSocketChannel listening) {
    Routes routes = new Routes().get("/", (request, response) -> response.text("taken over\n"));
    return context.adoptListener(listening, HttpServer.of(routes).acceptor());
  }

  /** Serves the socket that is its standard input until it is stopped. */
  public static void main(String[] args) throws IOException {
    if (!(System.inheritedChannel() instanceof ServerSocketChannel listening)) {
      throw new IllegalStateException("standard input is no listening socket");
    }
    try (Context context = Context.start()) {
      start(context, listening);
      context.ended().join();
    }
  }
}
