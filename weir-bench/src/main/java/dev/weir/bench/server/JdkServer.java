package dev.weir.bench.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** The JDK's own, with handlers on the thread that waits for requests. HTTP/1.1 only. */
final class JdkServer {

  private static final byte[] HELLO = Content.hello();
  private static final byte[] LARGE = Content.large();

  private JdkServer() {}

  static Running start(Content content) throws IOException, GeneralSecurityException {
    // Else each response waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // By default it closes what is idle beyond 200 connections, or for 30 seconds.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
    System.setProperty("sun.net.httpserver.idleInterval", "3600");
    HttpServer plain = HttpServer.create(Content.anyPort(), 0);
    HttpsServer tls = HttpsServer.create(Content.anyPort(), 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(content.tls()));
    route(plain, content);
    route(tls, content);
    return new Running(
        plain.getAddress().getPort(),
        tls.getAddress().getPort(),
        Running.NONE,
        () -> {
          plain.stop(0);
          tls.stop(0);
        });
  }

  private static void route(HttpServer server, Content content) {
    HttpHandler files = SimpleFileServer.createFileHandler(content.www().toAbsolutePath());
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, Content.TEXT, HELLO);
          } else {
            files.handle(exchange);
          }
        });
    server.createContext("/100k", exchange -> answer(exchange, Content.BINARY, LARGE));
    server.createContext("/upload", JdkServer::upload);
    server.start();
  }

  private static void upload(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    answer(exchange, Content.TEXT, HELLO);
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
