package dev.weir.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/**
 * Answers HTTP/2 from the connection's handler, without a channel for each stream, which would be
 * slower. The handler flushes when all that came in one read has been answered.
 */
final class NettyHttp2 extends Http2ConnectionHandler {

  /** What a client may send before it is told that it has been read. */
  private static final int WINDOW = 1 << 20;

  private NettyHttp2(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    super(decoder, encoder, settings);
  }

  /** How Netty makes such a handler. */
  static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<NettyHttp2, Builder> {
    private final NettyContent content;

    Builder(NettyContent content) {
      this.content = content;
      initialSettings(new Http2Settings().initialWindowSize(WINDOW));
      validateHeaders(false);
    }

    @Override
    public NettyHttp2 build() {
      return super.build();
    }

    @Override
    protected NettyHttp2 build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      frameListener(new Answers(encoder, content));
      return new NettyHttp2(decoder, encoder, settings);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    connection()
        .local()
        .flowController()
        .incrementWindowSize(connection().connectionStream(), WINDOW);
  }

  private static final class Answers extends Http2EventAdapter {
    private static final AsciiString OK = HttpResponseStatus.OK.codeAsText();

    private final Http2ConnectionEncoder encoder;
    private final NettyContent content;

    Answers(Http2ConnectionEncoder encoder, NettyContent content) {
      this.encoder = encoder;
      this.content = content;
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean endOfStream) {
      if (endOfStream) {
        answer(ctx, stream, headers.path().toString());
      }
    }

    /** Only an upload has a body. */
    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int stream, ByteBuf data, int padding, boolean endOfStream) {
      if (endOfStream) {
        answer(ctx, stream, content.hello());
      }
      return data.readableBytes() + padding;
    }

    private void answer(ChannelHandlerContext ctx, int stream, String path) {
      switch (path) {
        case "/" -> answer(ctx, stream, content.hello());
        case "/100k" -> answer(ctx, stream, content.large());
        case "/file" -> file(ctx, stream);
        default ->
            encoder.writeHeaders(
                ctx,
                stream,
                new DefaultHttp2Headers(false).status(HttpResponseStatus.NOT_FOUND.codeAsText()),
                0,
                true,
                ctx.newPromise());
      }
    }

    private void answer(ChannelHandlerContext ctx, int stream, NettyContent.Body body) {
      answer(ctx, stream, body.type(), body.length(), body.bytes());
    }

    private void file(ChannelHandlerContext ctx, int stream) {
      try (var file = FileChannel.open(content.files().file())) {
        int length = Math.toIntExact(file.size());
        ByteBuf bytes = ctx.alloc().directBuffer(length);
        int read = 0;
        while (read >= 0 && bytes.isWritable()) {
          read = bytes.writeBytes(file, bytes.writableBytes());
        }
        answer(ctx, stream, NettyContent.BINARY, AsciiString.of(Integer.toString(length)), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void answer(
        ChannelHandlerContext ctx, int stream, AsciiString type, AsciiString length, ByteBuf body) {
      Http2Headers headers =
          new DefaultHttp2Headers(false)
              .status(OK)
              .set(HttpHeaderNames.CONTENT_TYPE, type)
              .set(HttpHeaderNames.CONTENT_LENGTH, length)
              .set(HttpHeaderNames.DATE, content.date());
      encoder.writeHeaders(ctx, stream, headers, 0, false, ctx.newPromise());
      encoder.writeData(ctx, stream, body, 0, true, ctx.newPromise());
    }
  }
}
