package dev.weir.http.server;

import dev.weir.http.HttpLimits;
import dev.weir.http.h1.RequestHead;
import dev.weir.http.h1.RequestParser;
import dev.weir.http.h1.ResponseEncoder;
import dev.weir.loop.Loop;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;

/**
 * What the HTTP/1.1 connections of one loop share: the encoder with its cached Date, and exchanges
 * that are lent for the time of a request, so that an idle connection has none.
 */
final class Http1Scratch {

  private static final int KEPT = 64;
  private static final long CLOCK_NANOS = 20_000_000;

  final ResponseEncoder encoder = new ResponseEncoder();
  private final ArrayDeque<Exchange> free = new ArrayDeque<>();
  private final IdentityHashMap<HttpLimits, ArrayDeque<RequestParser>> parsers =
      new IdentityHashMap<>();
  private long readAt = Long.MIN_VALUE;
  private long epochSecond;

  static Http1Scratch of(Loop loop) {
    return loop.local(Http1Scratch.class, Http1Scratch::new);
  }

  Exchange take(Http1ServerConnection carrier) {
    Exchange exchange = free.poll();
    if (exchange == null) {
      return new Exchange(carrier, this);
    }
    exchange.begin(carrier);
    return exchange;
  }

  /** Takes back an exchange that nobody can refer to any more. */
  void give(Exchange exchange) {
    if (free.size() < KEPT) {
      exchange.head.clear();
      free.push(exchange);
    }
  }

  /** A parser at the beginning of a head. */
  RequestParser parser(HttpLimits limits) {
    ArrayDeque<RequestParser> idle = parsers.get(limits);
    RequestParser parser = idle == null ? null : idle.poll();
    return parser == null ? new RequestParser(limits) : parser;
  }

  /** Takes back a parser that has read a whole head. */
  void give(HttpLimits limits, RequestParser parser) {
    ArrayDeque<RequestParser> idle = parsers.computeIfAbsent(limits, any -> new ArrayDeque<>());
    if (idle.size() < KEPT) {
      idle.push(parser);
    }
  }

  /** The second of the day's clock, read at most every twenty milliseconds of the loop's. */
  long epochSecond(long now, InstantSource clock) {
    if (readAt == Long.MIN_VALUE || now - readAt > CLOCK_NANOS) {
      readAt = now;
      epochSecond = Math.floorDiv(clock.millis(), 1000L);
    }
    return epochSecond;
  }

  /** A request with its response. */
  static final class Exchange {
    final RequestHead head = new RequestHead();
    final ServerRequest request;
    final ServerResponse response;
    final Http1Output output;

    private Exchange(Http1ServerConnection carrier, Http1Scratch scratch) {
      request = new ServerRequest(carrier, head);
      response = new ServerResponse(carrier);
      output = new Http1Output(scratch);
    }

    private void begin(Http1ServerConnection carrier) {
      request.begin(carrier, head);
      response.begin(carrier);
      output.begin();
    }
  }
}
