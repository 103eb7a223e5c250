package dev.weir.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Netty on one event loop: its pipelines for each port. */
final class NettyServer {

  /** What its event loop waits by. */
  record Transport(Supplier<IoHandlerFactory> handlers, Class<? extends ServerChannel> channel) {
    static final Transport NIO =
        new Transport(NioIoHandler::newFactory, NioServerSocketChannel.class);
    static final Transport EPOLL =
        new Transport(EpollIoHandler::newFactory, EpollServerSocketChannel.class);
  }

  private static final int BACKLOG = 4096;

  private final ServerBootstrap bootstrap;
  private final NettyContent content;
  private final ChannelGroup all;

  private NettyServer(EventLoopGroup group, Transport transport, NettyContent content) {
    this.bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(transport.channel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG);
    this.content = content;
    this.all = new DefaultChannelGroup(group.next());
  }

  static Running start(Transport transport, SslContext tls, Content content)
      throws InterruptedException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.handlers.get());
    var server = new NettyServer(group, transport, new NettyContent(content, group.next()));
    int plain = server.bind(server::http1);
    int secure = server.bind(pipeline -> server.secure(pipeline, tls));
    int h2c = server.bind(server::http2);
    return new Running(
        plain, secure, h2c, () -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
  }

  private int bind(Consumer<ChannelPipeline> configure) throws InterruptedException {
    ChannelHandler initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            configure.accept(channel.pipeline());
          }
        };
    Channel listening =
        bootstrap.clone().childHandler(initializer).bind(Content.anyPort()).sync().channel();
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private void http1(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerCodec(), new NettyHttp1(content, all));
  }

  private void http2(ChannelPipeline pipeline) {
    pipeline.addLast(new NettyHttp2.Builder(content).build());
  }

  private void secure(ChannelPipeline pipeline, SslContext context) {
    pipeline.addLast(context.newHandler(pipeline.channel().alloc()), new Negotiated());
  }

  /** Goes on with the protocol that ALPN chose. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    Negotiated() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        http2(ctx.pipeline());
      } else {
        // Files are read in pieces, to be encrypted.
        ctx.pipeline()
            .addLast(
                new HttpServerCodec(), new ChunkedWriteHandler(), new NettyHttp1(content, all));
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable problem) {
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
      ctx.close();
    }
  }
}
