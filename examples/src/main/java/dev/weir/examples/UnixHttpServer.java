package dev.weir.examples;

import dev.weir.http.client.HttpClient;
import dev.weir.http.server.HttpServer;
import dev.weir.http.server.Routes;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** HTTP over a unix socket: {@code curl --unix-socket FILE http://localhost/}. */
public final class UnixHttpServer {

  private UnixHttpServer() {}

  /** Listens; the file goes when the listener is closed. */
  public static Listener start(Context context, Path socket) {
    Routes routes = new Routes().get("/", (request, response) -> response.text("local only\n"));
    return context.listen(UnixDomainSocketAddress.of(socket), HttpServer.of(routes).acceptor());
  }

  /** Asks such a server. */
  public static String get(Context context, Path socket) {
    try (HttpClient client = HttpClient.on(context)) {
      return client.get("http://localhost/").via(Endpoint.unix(socket)).send().join().text();
    }
  }

  /** Serves on the socket that is given until it is stopped. */
  public static void main(String[] args) {
    try (Context context = Context.start()) {
      start(context, Path.of(args[0]));
      context.ended().join();
    }
  }
}
