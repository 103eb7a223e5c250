package dev.weir.bench.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PfxOptions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Set;

/** Vert.x with one event loop, on epoll where that is to be had. */
final class VertxServer {

  private static final CharSequence TEXT = HttpHeaders.createOptimized(Content.TEXT);
  private static final CharSequence BINARY = HttpHeaders.createOptimized(Content.BINARY);

  private final Buffer hello = Buffer.buffer(Content.hello());
  private final Buffer large = Buffer.buffer(Content.large());
  private final CharSequence helloLength = length(hello);
  private final CharSequence largeLength = length(large);
  private final Set<ServerWebSocket> all = new LinkedHashSet<>();
  private final String file;
  private CharSequence date = now();

  private VertxServer(Content content) {
    this.file = content.file().toString();
  }

  static Running start(Content content) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    var server = new VertxServer(content);
    vertx.setPeriodic(1000, timer -> server.date = now());
    int plain = server.listen(vertx, new HttpServerOptions());
    int tls =
        server.listen(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(content.store().toString())
                        .setPassword(Content.PASSWORD)));
    return new Running(plain, tls, plain, () -> vertx.close().await());
  }

  private int listen(Vertx vertx, HttpServerOptions options) {
    HttpServer server =
        vertx
            .createHttpServer(
                options
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setWebSocketAllowServerNoContext(true)
                    .setWebSocketPreferredClientNoContext(true))
            .requestHandler(this::request)
            .webSocketHandler(this::webSocket);
    return server.listen().await().actualPort();
  }

  private void request(HttpServerRequest request) {
    String path = request.path();
    switch (path == null ? "" : path) {
      case "/" -> answer(request.response(), TEXT, helloLength, hello);
      case "/100k" -> answer(request.response(), BINARY, largeLength, large);
      case "/upload" ->
          request
              .handler(bytes -> {})
              .endHandler(end -> answer(request.response(), TEXT, helloLength, hello));
      case "/file" ->
          request
              .response()
              .putHeader(HttpHeaders.CONTENT_TYPE, BINARY)
              .putHeader(HttpHeaders.DATE, date)
              .sendFile(file);
      default -> request.response().setStatusCode(404).end();
    }
  }

  private void answer(
      HttpServerResponse response, CharSequence type, CharSequence length, Buffer body) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CONTENT_LENGTH, length)
        .putHeader(HttpHeaders.DATE, date)
        .end(body);
  }

  private void webSocket(ServerWebSocket socket) {
    if (socket.path().equals("/ws")) {
      socket.binaryMessageHandler(socket::writeBinaryMessage);
      socket.textMessageHandler(socket::writeTextMessage);
    } else {
      all.add(socket);
      socket.closeHandler(closed -> all.remove(socket));
      socket.binaryMessageHandler(message -> all.forEach(each -> each.writeBinaryMessage(message)));
      socket.textMessageHandler(message -> all.forEach(each -> each.writeTextMessage(message)));
    }
  }

  private static CharSequence length(Buffer body) {
    return HttpHeaders.createOptimized(Integer.toString(body.length()));
  }

  private static CharSequence now() {
    return HttpHeaders.createOptimized(
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
  }
}
