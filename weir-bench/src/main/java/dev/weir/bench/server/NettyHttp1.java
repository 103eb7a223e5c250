package dev.weir.bench.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedFile;
import io.netty.util.ReferenceCountUtil;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Answers HTTP/1.1, all that came in one read with one write. */
final class NettyHttp1 extends NettyHandler {

  private static final int CHUNK = 64 * 1024;

  /** Netty's default. */
  private static final int COMPRESSION_LEVEL = 6;

  private static final int MAX_MESSAGE = 1 << 20;

  private final NettyContent content;
  private final ChannelGroup all;
  private String path = "";
  private boolean keepAlive;

  NettyHttp1(NettyContent content, ChannelGroup all) {
    this.content = content;
    this.all = all;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    if (message instanceof HttpRequest request) {
      path = request.uri();
      keepAlive = HttpUtil.isKeepAlive(request);
      if (path.equals("/ws") || path.equals("/broadcast")) {
        webSocket(ctx);
        ctx.fireChannelRead(message);
        ctx.pipeline().remove(this);
        return;
      }
    }
    try {
      if (message instanceof LastHttpContent) {
        answer(ctx);
        if (!keepAlive) {
          ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answer(ChannelHandlerContext ctx) throws IOException {
    switch (path) {
      case "/", "/upload" -> ctx.write(response(content.hello()), ctx.voidPromise());
      case "/100k" -> ctx.write(response(content.large()), ctx.voidPromise());
      case "/file" -> file(ctx);
      default -> ctx.write(notFound(), ctx.voidPromise());
    }
  }

  private FullHttpResponse response(NettyContent.Body body) {
    HttpHeaders headers = headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, body.type());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length());
    headers.set(HttpHeaderNames.DATE, content.date());
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body.bytes(), headers, trailers());
  }

  private static FullHttpResponse notFound() {
    HttpHeaders headers = headers();
    headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.NOT_FOUND,
        Unpooled.EMPTY_BUFFER,
        headers,
        trailers());
  }

  private void file(ChannelHandlerContext ctx) throws IOException {
    File file = content.files().file().toFile();
    long length = file.length();
    HttpHeaders headers = headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, NettyContent.BINARY);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
    headers.set(HttpHeaderNames.DATE, content.date());
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, headers);
    ctx.write(head, ctx.voidPromise());
    if (ctx.pipeline().get(SslHandler.class) == null) {
      ctx.write(new DefaultFileRegion(file, 0, length));
      ctx.write(LastHttpContent.EMPTY_LAST_CONTENT);
    } else {
      ctx.write(
          new HttpChunkedInput(new ChunkedFile(new RandomAccessFile(file, "r"), 0, length, CHUNK)));
    }
  }

  private void webSocket(ChannelHandlerContext ctx) {
    ChannelPipeline pipeline = ctx.pipeline();
    var config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath(path)
            .allowExtensions(true)
            .maxFramePayloadLength(MAX_MESSAGE)
            .build();
    pipeline.addLast(
        new WebSocketServerExtensionHandler(compression()),
        new WebSocketServerProtocolHandler(config),
        path.equals("/ws") ? new NettyWebSocket.Echo() : new NettyWebSocket.Broadcast(all));
  }

  /**
   * WebSocketServerCompressionHandler would decline a client that wants a message to be compressed
   * without regard to those before.
   */
  private static PerMessageDeflateServerExtensionHandshaker compression() {
    return new PerMessageDeflateServerExtensionHandshaker(
        COMPRESSION_LEVEL,
        ZlibCodecFactory.isSupportingWindowSizeAndMemLevel(),
        PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE,
        true,
        true,
        MAX_MESSAGE);
  }

  /** What is set here is right, and need not be looked at again. */
  private static HttpHeaders headers() {
    return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  }

  private static HttpHeaders trailers() {
    return DefaultHttpHeadersFactory.trailersFactory().withValidation(false).newEmptyHeaders();
  }
}
