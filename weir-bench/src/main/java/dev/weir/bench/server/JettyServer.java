package dev.weir.bench.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content.Source;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * Jetty, with a thread for each of its two selectors, which accept too, and as many more as it
 * insists on. Handlers say that they do not block, so they run on the selector's thread.
 */
final class JettyServer {

  private static final int THREADS = 4;
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final HttpField TEXT =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Content.TEXT);
  private static final HttpField BINARY =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Content.BINARY);

  private JettyServer() {}

  static Running start(Content content) throws Exception {
    var threads = new QueuedThreadPool(THREADS, THREADS);
    threads.setReservedThreads(0);
    var server = new Server(threads);
    ServerConnector plain = plain(server);
    ServerConnector tls = tls(server, content);
    server.addConnector(plain);
    server.addConnector(tls);
    server.setHandler(new Root(server, content));
    server.start();
    return new Running(
        plain.getLocalPort(), tls.getLocalPort(), plain.getLocalPort(), server::stop);
  }

  private static ServerConnector plain(Server server) {
    HttpConfiguration configuration = configuration();
    return bound(
        new ServerConnector(
            server,
            0,
            1,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration)));
  }

  private static ServerConnector tls(Server server, Content content) {
    HttpConfiguration configuration = configuration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    var keys = new SslContextFactory.Server();
    keys.setKeyStorePath(content.store().toString());
    keys.setKeyStorePassword(Content.PASSWORD);
    var http1 = new HttpConnectionFactory(configuration);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return bound(
        new ServerConnector(
            server,
            0,
            1,
            new SslConnectionFactory(keys, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(configuration),
            http1));
  }

  private static ServerConnector bound(ServerConnector connector) {
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(PATIENCE.toMillis());
    return connector;
  }

  private static HttpConfiguration configuration() {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    return configuration;
  }

  /**
   * Everything below it. The handlers of WebSockets and files do not say themselves that they do
   * not block; files come from the page cache.
   */
  private static final class Root extends Handler.Wrapper {
    Root(Server server, Content content) {
      Set<Session> all = ConcurrentHashMap.newKeySet();
      var webSockets =
          WebSocketUpgradeHandler.from(
              server,
              container -> {
                container.setIdleTimeout(PATIENCE);
                container.addMapping(
                    "/ws", (request, response, callback) -> new JettyWebSocket.Echo());
                container.addMapping(
                    "/broadcast",
                    (request, response, callback) -> new JettyWebSocket.Broadcast(all));
              });
      var files = new ResourceHandler();
      files.setBaseResource(ResourceFactory.of(server).newResource(content.www()));
      webSockets.setHandler(files);
      setHandler(new Routes(webSockets));
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  private static final class Routes extends Handler.Wrapper {
    private final ByteBuffer hello = direct(Content.hello());
    private final ByteBuffer large = direct(Content.large());
    private final HttpField helloLength = length(hello);
    private final HttpField largeLength = length(large);

    Routes(Handler others) {
      super(others);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      switch (Request.getPathInContext(request)) {
        case "/" -> answer(response, TEXT, helloLength, hello, callback);
        case "/100k" -> answer(response, BINARY, largeLength, large, callback);
        case "/upload" ->
            Source.consumeAll(
                request,
                Callback.from(
                    () -> answer(response, TEXT, helloLength, hello, callback), callback::failed));
        default -> {
          return super.handle(request, response, callback);
        }
      }
      return true;
    }

    private static void answer(
        Response response, HttpField type, HttpField length, ByteBuffer body, Callback callback) {
      response.getHeaders().put(type);
      response.getHeaders().put(length);
      response.write(true, body.slice(), callback);
    }

    private static HttpField length(ByteBuffer body) {
      return new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, Integer.toString(body.remaining()));
    }

    private static ByteBuffer direct(byte[] bytes) {
      return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
  }
}
