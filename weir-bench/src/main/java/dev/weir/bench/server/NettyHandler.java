package dev.weir.bench.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Writes what answers all that came in one read with one flush. */
class NettyHandler extends ChannelInboundHandlerAdapter {

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  /** The client has gone, or talks nonsense. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
    ctx.close();
  }
}
