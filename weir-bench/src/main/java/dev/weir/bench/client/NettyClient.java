package dev.weir.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;

/**
 * Netty's codec on one event loop, epoll where that is to be had; a connection for each request at
 * once.
 */
final class NettyClient implements BenchClient {

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final Class<? extends Channel> channel =
      Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;

  @Override
  public void start(URI uri, int concurrency, Tally tally) throws InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(channel)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel socket) {
                    socket.pipeline().addLast(new HttpClientCodec(), new Loop(uri, tally));
                  }
                });
    for (int i = 0; i < concurrency; i++) {
      bootstrap.connect(uri.getHost(), uri.getPort()).sync();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully();
  }

  /** One connection. */
  private static final class Loop extends ChannelInboundHandlerAdapter {
    private final String path;
    private final String authority;
    private final Tally tally;
    private int status;

    Loop(URI uri, Tally tally) {
      this.path = uri.getPath();
      this.authority = uri.getAuthority();
      this.tally = tally;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      send(ctx);
    }

    private void send(ChannelHandlerContext ctx) {
      var request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
      request.headers().set(HttpHeaderNames.HOST, authority);
      ctx.writeAndFlush(request, ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpResponse head) {
        status = head.status().code();
      }
      boolean last = message instanceof LastHttpContent;
      ReferenceCountUtil.release(message);
      if (last && tally.done(status)) {
        send(ctx);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      tally.failed(new IOException("the server closed a connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
      tally.failed(problem);
      ctx.close();
    }
  }
}
