package dev.weir.bench.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.ReferenceCountUtil;

/** What is done with the frames of a WebSocket; pings and closes have been answered before. */
final class NettyWebSocket {

  private NettyWebSocket() {}

  /** Sends all frames that came in one read back with one write. */
  static final class Echo extends NettyHandler {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof WebSocketFrame) {
        ctx.write(message, ctx.voidPromise());
      } else {
        ReferenceCountUtil.release(message);
      }
    }
  }

  /** Sends each frame to all. */
  static final class Broadcast extends NettyHandler {
    private final ChannelGroup all;

    Broadcast(ChannelGroup all) {
      this.all = all;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        all.add(ctx.channel());
      }
      super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof WebSocketFrame) {
        // Without a promise for each channel. It releases the frame.
        all.writeAndFlush(message, channel -> true, true);
      } else {
        ReferenceCountUtil.release(message);
      }
    }
  }
}
