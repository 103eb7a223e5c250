package dev.weir.http.server;

import dev.weir.http.HttpLimits;
import dev.weir.http.exchange.ClockReading;
import dev.weir.http.h1.RequestParser;
import dev.weir.http.h1.ResponseEncoder;
import dev.weir.loop.Loop;
import java.time.InstantSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP/1.1 connections of one loop share: the encoder with its cached Date, and exchanges
 * that are lent for the time of a request, so that an idle connection has none. An exchange comes
 * back if its handler answered while it was called, for the request or its body. Who answers at
 * another time may hold on to it, so all others are left to the collector.
 */
final class Http1Scratch {

  private static final int KEPT = 64;

  final ResponseEncoder encoder = new ResponseEncoder();
  private final ArrayDeque<Http1ServerExchange> free = new ArrayDeque<>();
  private @Nullable ClockReading reading;

  /**
   * The parser that read the last whole head. It is enough to keep one: most heads come as a whole.
   */
  private @Nullable RequestParser parser;

  static Http1Scratch of(Loop loop) {
    return loop.local(Http1Scratch.class, Http1Scratch::new);
  }

  Http1ServerExchange take(Http1ServerConnection connection) {
    Http1ServerExchange exchange = free.poll();
    if (exchange == null) {
      return new Http1ServerExchange(connection, this);
    }
    exchange.reuse(connection);
    return exchange;
  }

  /** Takes back an exchange that nobody can refer to any more. */
  void give(Http1ServerExchange exchange) {
    if (free.size() < KEPT) {
      exchange.head.clear();
      free.push(exchange);
    }
  }

  /** A parser at the beginning of a head. */
  RequestParser takeParser(HttpLimits limits) {
    RequestParser idle = parser;
    parser = null;
    return idle != null && idle.limits().equals(limits) ? idle : new RequestParser(limits);
  }

  /** Takes back a parser that has read a whole head. */
  void give(RequestParser idle) {
    parser = idle;
  }

  /** The second that Date says. */
  long epochSecond(Loop loop, InstantSource clock) {
    ClockReading known = reading;
    if (known == null) {
      known = ClockReading.of(loop);
      reading = known;
    }
    return known.epochSecond(loop.now(), clock);
  }
}
