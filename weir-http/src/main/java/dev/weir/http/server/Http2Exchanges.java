package dev.weir.http.server;

import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2Stream;
import dev.weir.loop.Loop;
import java.util.ArrayDeque;

/**
 * The exchanges of a loop that are lent to its HTTP/2 connections, each for one request. An
 * exchange comes back if its handler has answered before it returned: nobody can hold on to it
 * then. All others are left to the collector.
 */
final class Http2Exchanges {

  /** More than one is only needed where handlers answer later, and those come not back. */
  private static final int KEPT = 4;

  private final ArrayDeque<Http2ServerExchange> free = new ArrayDeque<>();

  private Http2Exchanges() {}

  static Http2Exchanges of(Loop loop) {
    return loop.local(Http2Exchanges.class, Http2Exchanges::new);
  }

  /** Storage for the head of a request, of the exchange that is taken next if there is one. */
  Http2Head head(int mostLines) {
    Http2ServerExchange next = free.peek();
    return next != null && next.head.mostLines() == mostLines
        ? next.head
        : new Http2Head(mostLines);
  }

  /** An exchange of a request with this head. */
  Http2ServerExchange take(Http2ServerConnection connection, Http2Stream stream, Http2Head head) {
    Http2ServerExchange next = free.peek();
    if (next == null || next.head != head) {
      return new Http2ServerExchange(connection, stream, head);
    }
    free.pop();
    next.reuse(connection, stream);
    return next;
  }

  /** Takes back an exchange that nobody can refer to any more. */
  void give(Http2ServerExchange exchange) {
    if (free.size() < KEPT) {
      exchange.head.clear();
      free.push(exchange);
    }
  }
}
