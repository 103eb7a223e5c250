package dev.weir.bench.server;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import io.undertow.util.Headers;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Undertow with one I/O thread, and one worker, which it wants for files. */
final class UndertowServer {

  /** From this size on a file is sent without copying it. */
  private static final int SENDFILE_BYTES = 1024;

  private static final ByteBuffer HELLO = direct(Content.hello());
  private static final ByteBuffer LARGE = direct(Content.large());

  private UndertowServer() {}

  static Running start(Content content) throws IOException, GeneralSecurityException {
    Undertow server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, true)
            .addHttpListener(0, "127.0.0.1")
            .addHttpsListener(0, "127.0.0.1", content.tls())
            .setHandler(routes(content))
            .build();
    server.start();
    List<Undertow.ListenerInfo> listeners = server.getListenerInfo();
    int plain = port(listeners.get(0));
    return new Running(plain, port(listeners.get(1)), plain, server::stop);
  }

  private static int port(Undertow.ListenerInfo listener) {
    return ((InetSocketAddress) listener.getAddress()).getPort();
  }

  private static PathHandler routes(Content content) {
    Set<WebSocketChannel> all = new LinkedHashSet<>();
    return new PathHandler(
            new ResourceHandler(new PathResourceManager(content.www(), SENDFILE_BYTES)))
        .addExactPath("/", exchange -> answer(exchange, Content.TEXT, HELLO))
        .addExactPath("/100k", exchange -> answer(exchange, Content.BINARY, LARGE))
        .addExactPath("/upload", UndertowServer::upload)
        .addExactPath("/ws", webSocket((exchange, channel) -> receive(channel, new Echo())))
        .addExactPath(
            "/broadcast",
            webSocket((exchange, channel) -> {
              all.add(channel);
              channel.addCloseTask(all::remove);
              receive(channel, new Broadcast(all));
            }));
  }

  private static void upload(HttpServerExchange exchange) {
    exchange
        .getRequestReceiver()
        .receivePartialBytes((at, bytes, last) -> {
          if (last) {
            answer(at, Content.TEXT, HELLO);
          }
        });
  }

  private static void answer(HttpServerExchange exchange, String type, ByteBuffer body) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.getResponseSender().send(body.duplicate());
  }

  private static WebSocketProtocolHandshakeHandler webSocket(WebSocketConnectionCallback opened) {
    return Handlers.websocket(opened).addExtension(new PerMessageDeflateHandshake(false));
  }

  private static void receive(WebSocketChannel channel, AbstractReceiveListener listener) {
    channel.getReceiveSetter().set(listener);
    channel.resumeReceives();
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static final class Echo extends AbstractReceiveListener {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      WebSockets.sendText(message.getData(), channel, null);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      var data = message.getData();
      WebSockets.sendBinary(data.getResource(), channel, new Free(data::free));
    }
  }

  private static final class Broadcast extends AbstractReceiveListener {
    private final Set<WebSocketChannel> all;

    Broadcast(Set<WebSocketChannel> all) {
      this.all = all;
    }

    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      String text = message.getData();
      for (WebSocketChannel each : all) {
        WebSockets.sendText(text, each, null);
      }
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      try (var data = message.getData()) {
        ByteBuffer bytes = WebSockets.mergeBuffers(data.getResource());
        for (WebSocketChannel each : all) {
          WebSockets.sendBinary(bytes.duplicate(), each, null);
        }
      }
    }
  }

  /** Gives buffers back when they have been sent. */
  private record Free(Runnable buffers) implements WebSocketCallback<Void> {
    @Override
    public void complete(WebSocketChannel channel, Void nothing) {
      buffers.run();
    }

    @Override
    public void onError(WebSocketChannel channel, Void nothing, Throwable problem) {
      buffers.run();
    }
  }
}
