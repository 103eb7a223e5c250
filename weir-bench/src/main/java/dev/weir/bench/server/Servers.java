package dev.weir.bench.server;

import java.util.List;

/** The servers, by name. */
final class Servers {

  static final List<String> NAMES =
      List.of(
          "weir",
          "weir-epoll",
          "netty-nio",
          "netty-epoll",
          "netty-epoll-tcnative",
          "jetty",
          "vertx",
          "undertow",
          "helidon",
          "jdk");

  private Servers() {}

  /**
   * Starts a server.
   *
   * @throws LinkageError if it needs a native library that is not for this machine
   */
  static Running start(String name, Content content) throws Exception {
    return switch (name) {
      case "weir" -> WeirServer.start("nio", content);
      case "weir-epoll" -> WeirServer.start("epoll", content);
      case "netty-nio" ->
          NettyServer.start(NettyServer.Transport.NIO, NettyTls.jdk(content), content);
      case "netty-epoll" ->
          NettyServer.start(NettyServer.Transport.EPOLL, NettyTls.jdk(content), content);
      case "netty-epoll-tcnative" ->
          NettyServer.start(NettyServer.Transport.EPOLL, NettyTls.boringSsl(content), content);
      case "jetty" -> JettyServer.start(content);
      case "vertx" -> VertxServer.start(content);
      case "undertow" -> UndertowServer.start(content);
      case "helidon" -> HelidonServer.start(content);
      case "jdk" -> JdkServer.start(content);
      default -> throw new IllegalArgumentException("no server " + name + "; there are " + NAMES);
    };
  }
}
