package dev.weir.bench.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.FileSystemHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Helidon, whose virtual threads share one carrier. It has no compression of WebSockets. */
final class HelidonServer {

  private static final byte[] HELLO = Content.hello();
  private static final byte[] LARGE = Content.large();
  private static final Header TEXT =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Content.TEXT);
  private static final Header BINARY =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Content.BINARY);
  private static final String TLS_SOCKET = "tls";
  private static final Duration PATIENCE = Duration.ofHours(1);

  private HelidonServer() {}

  static Running start(Content content) throws IOException, GeneralSecurityException {
    // Read when the first virtual thread of the JVM starts.
    System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
    Set<WsSession> all = new LinkedHashSet<>();
    Tls tls = Tls.builder().sslContext(content.tls()).build();
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .idleConnectionTimeout(PATIENCE)
            .addRouting(http(content))
            .addRouting(webSockets(all))
            .putSocket(
                TLS_SOCKET,
                socket ->
                    socket
                        .host("127.0.0.1")
                        .port(0)
                        .idleConnectionTimeout(PATIENCE)
                        .tls(tls)
                        .addRouting(http(content))
                        .addRouting(webSockets(all)))
            .build()
            .start();
    return new Running(server.port(), server.port(TLS_SOCKET), server.port(), server::stop);
  }

  private static HttpRouting.Builder http(Content content) {
    return HttpRouting.builder()
        .get("/", (request, response) -> response.header(TEXT).send(HELLO))
        .get("/100k", (request, response) -> response.header(BINARY).send(LARGE))
        .post("/upload", HelidonServer::upload)
        .register(
            "/", StaticContentFeature.createService(FileSystemHandlerConfig.create(content.www())));
  }

  private static void upload(ServerRequest request, ServerResponse response) throws IOException {
    try (InputStream in = request.content().inputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    response.header(TEXT).send(HELLO);
  }

  private static WsRouting.Builder webSockets(Set<WsSession> all) {
    return WsRouting.builder()
        .endpoint("/ws", new Echo())
        .endpoint("/broadcast", new Broadcast(all));
  }

  private static final class Echo implements WsListener {
    @Override
    public void onMessage(WsSession session, String text, boolean last) {
      session.send(text, last);
    }

    @Override
    public void onMessage(WsSession session, BufferData data, boolean last) {
      session.send(data, last);
    }
  }

  /** Each connection has a thread, and only one may write to a session at a time. */
  private record Broadcast(Set<WsSession> all) implements WsListener {
    @Override
    public void onOpen(WsSession session) {
      synchronized (all) {
        all.add(session);
      }
    }

    @Override
    public void onMessage(WsSession session, String text, boolean last) {
      synchronized (all) {
        all.forEach(each -> each.send(text, last));
      }
    }

    @Override
    public void onMessage(WsSession session, BufferData data, boolean last) {
      synchronized (all) {
        for (WsSession each : all) {
          each.send(data.rewind(), last);
        }
      }
    }

    @Override
    public void onClose(WsSession session, int code, String reason) {
      remove(session);
    }

    @Override
    public void onError(WsSession session, Throwable problem) {
      remove(session);
    }

    private void remove(WsSession session) {
      synchronized (all) {
        all.remove(session);
      }
    }
  }
}
