package dev.weir.bench.run;

import static dev.weir.bench.run.Skill.BODIES;
import static dev.weir.bench.run.Skill.BROADCAST;
import static dev.weir.bench.run.Skill.DEFLATE;
import static dev.weir.bench.run.Skill.FILE;
import static dev.weir.bench.run.Skill.H1;
import static dev.weir.bench.run.Skill.H1_TLS;
import static dev.weir.bench.run.Skill.H2;
import static dev.weir.bench.run.Skill.H2_TLS;
import static dev.weir.bench.run.Skill.WEBSOCKET;

import java.util.List;
import java.util.Set;

/**
 * A server that is measured.
 *
 * @param label its name in commands and tables
 * @param launcher how it is started
 * @param skills what it can be asked for
 */
public record Peer(String label, Launcher launcher, Set<Skill> skills) {
  static final Peer WEIR =
      new Peer(
          "weir",
          new Launcher.Jvm("weir-0", "weir-core-", "weir-http-", "weir-websocket-"),
          Set.of(Skill.values()));
  static final Peer WEIR_EPOLL =
      new Peer(
          "weir-epoll",
          new Launcher.Jvm("weir-0", "weir-core-", "weir-http-", "weir-native-", "weir-websocket-"),
          Set.of(Skill.values()));
  static final Peer FLOOR =
      new Peer("floor", new Launcher.Compiled(), Set.of(H1, WEBSOCKET, BROADCAST));
  static final Peer NETTY_NIO =
      new Peer("netty-nio", new Launcher.Jvm("netty-"), Set.of(Skill.values()));
  static final Peer NETTY_EPOLL =
      new Peer("netty-epoll", new Launcher.Jvm("netty-"), Set.of(Skill.values()));
  static final Peer NETTY_TCNATIVE =
      new Peer(
          "netty-epoll-tcnative", new Launcher.Jvm("netty-"), Set.of(H1_TLS, H2_TLS, BODIES, FILE));
  static final Peer JETTY =
      new Peer("jetty", new Launcher.Jvm("jetty-", "slf4j-"), Set.of(Skill.values()));
  static final Peer VERTX =
      new Peer(
          "vertx", new Launcher.Jvm("vertx-", "netty-", "jackson-core-2"), Set.of(Skill.values()));
  static final Peer UNDERTOW =
      new Peer(
          "undertow",
          new Launcher.Jvm("undertow-", "xnio-", "jboss-", "wildfly-"),
          Set.of(H1, H1_TLS, H2, H2_TLS, BODIES, FILE, WEBSOCKET, DEFLATE, BROADCAST));
  static final Peer HELIDON =
      new Peer(
          "helidon",
          new Launcher.Jvm("helidon-"),
          Set.of(H1, H1_TLS, H2, H2_TLS, BODIES, FILE, WEBSOCKET, BROADCAST));
  static final Peer JDK = new Peer("jdk", new Launcher.Jvm(), Set.of(H1, H1_TLS, BODIES, FILE));
  static final Peer NGINX =
      new Peer("nginx", new Launcher.Nginx(), Set.of(H1, H1_TLS, H2, H2_TLS, BODIES, FILE));
  static final Peer NGHTTPD = new Peer("nghttpd", new Launcher.Nghttpd(), Set.of(H2, H2_TLS));
  static final Peer LWS =
      new Peer("lws", new Launcher.Compiled(), Set.of(H1, H1_TLS, WEBSOCKET, DEFLATE, BROADCAST));
  static final Peer NODE_WS =
      new Peer("node-ws", new Launcher.NodeWs(), Set.of(H1, WEBSOCKET, DEFLATE, BROADCAST));

  /** All of them: Weir, the floor, and who else there is. */
  public static final List<Peer> ALL =
      List.of(
          WEIR,
          WEIR_EPOLL,
          FLOOR,
          NETTY_NIO,
          NETTY_EPOLL,
          NETTY_TCNATIVE,
          JETTY,
          VERTX,
          UNDERTOW,
          HELIDON,
          JDK,
          NGINX,
          NGHTTPD,
          LWS,
          NODE_WS);

  /** Whether all that it needs is installed. */
  public boolean isAvailable(Installation installation) {
    return launcher.available(this, installation);
  }

  boolean has(Skill skill) {
    return skills.contains(skill);
  }

  /** Whether it is a JVM, whose heap and allocation can be asked for. */
  boolean isJvm() {
    return launcher instanceof Launcher.Jvm;
  }

  /** The first parts of the names of its jars. */
  List<String> jars() {
    return launcher instanceof Launcher.Jvm jvm ? jvm.jars() : List.of();
  }
}
