package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.HttpHandler;
import dev.weir.net.Context;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import java.time.Instant;
import java.time.InstantSource;

/** A server on a simulated network, for clients that speak to it byte by byte. */
final class SimServer {

  static final String DATE = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";

  final SimNetwork network = new SimNetwork(1);
  final SimHost host = network.host("server");
  final Context context = host.context(1);

  SimServer(HttpHandler handler) {
    this(HttpServer.of(handler));
  }

  SimServer(HttpServer server) {
    context.listen(
        host.address(80), server.withClock(InstantSource.fixed(Instant.EPOCH)).acceptor());
  }

  TestPeer connect() {
    return TestPeer.connect(network, "client", host.address(80));
  }

  /** A client that has sent this. */
  TestPeer send(String bytes) {
    return connect().send(bytes);
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** A response of text as it goes out, with more fields behind the usual ones. */
  static String text(String status, String body, String more) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + DATE
        + "Content-Length: "
        + body.length()
        + "\r\n"
        + more
        + "\r\n"
        + body;
  }

  static String ok(String body) {
    return text("200 OK", body, "");
  }

  /** Closes all, and looks whether anything stays behind. */
  void assertNothingLeft() {
    context.close();
    network.runUntilIdle();
    assertEquals(0, host.openSockets(), "sockets");
    assertEquals(0, context.loop().timers(), "timers");
    assertEquals(0, context.loop().buffers().lent(), "buffers");
  }
}
