package dev.weir.http.server;

import dev.weir.http.HttpRequestHead;
import dev.weir.http.exchange.Http2Connection;
import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2Stream;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One HTTP/2 connection of a server (RFC 9113): makes an exchange of each stream that the client
 * opens.
 */
final class Http2ServerConnection extends Http2Connection {

  private final HttpServer server;
  private final Http2Exchanges exchanges;
  private boolean peerEnded;

  Http2ServerConnection(HttpServer server, ByteStream stream) {
    super(true, stream, server.http2(), server.limits());
    this.server = server;
    this.exchanges = Http2Exchanges.of(stream.loop());
  }

  HttpServer server() {
    return server;
  }

  /** The text for Date (RFC 9110 6.6.1). */
  String date() {
    return scratch().date(stream().loop(), server.clock());
  }

  /** Answers the request that the connection was upgraded with (RFC 7540 3.2). */
  void upgraded(HttpRequestHead request, ByteBuffer settings) {
    var head = new Http2Head(server.limits().headerCount());
    session().upgraded(head.upgraded(request), settings);
  }

  // ---- the stream speaks

  @Override
  public void opened(ByteStream opened) {
    start();
  }

  /**
   * What was asked as a whole is answered, as far as it fits into the windows: no WINDOW_UPDATE can
   * come any more. Nor can the rest of a body, or of what a tunnel carries.
   */
  @Override
  public void ended(ByteStream by) {
    peerEnded = true;
    session().inputEnded(lost());
    if (session().streamCount() == 0) {
      end();
    }
  }

  @Override
  public void drain(ByteStream by) {
    announceEnd();
  }

  // ---- the session speaks

  @Override
  public Http2Head head(Http2Head.Kind kind) {
    return kind == Http2Head.Kind.REQUEST
        ? exchanges.head(server.limits().headerCount())
        : super.head(kind);
  }

  @Override
  public void request(Http2Stream opened, Http2Head head) {
    requestBegins();
    var exchange = exchanges.take(this, opened, head);
    exchange.handle();
    if (exchange.isDone()) {
      exchanges.give(exchange);
    }
  }

  @Override
  public void streamClosed() {
    if (session().streamCount() > 0 || session().isOver()) {
      return;
    }
    if (peerEnded) {
      end();
    } else {
      awaitRequest();
    }
  }

  // ---- time

  @Override
  protected Duration settingsTime() {
    return server.timeouts().head();
  }

  @Override
  protected Duration idleTime() {
    return server.timeouts().idle();
  }

  @Override
  protected Duration roomTime() {
    return server.timeouts().send();
  }

  @Override
  protected void idle() {
    session().drain();
    session().drainAnnounced();
  }

  @Override
  protected WeirException lost() {
    return new StreamException.Reset("http/2", -1, "the client closed the connection", null);
  }
}
