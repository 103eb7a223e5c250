package dev.weir.http.client;

import dev.weir.http.exchange.Deadline;
import dev.weir.stream.StreamException;
import java.time.Duration;

/**
 * What an HTTP/1.1 connection of a client waits for from its server, one thing at a time, and what
 * becomes of a call whose server is late.
 */
final class ServerDeadline extends Deadline<ServerDeadline.Waiting> {

  /** What is waited for. */
  enum Waiting {
    /** A request, for as long as the pool keeps an idle connection. */
    REQUEST,
    /** 100, before the body is sent anyway. */
    CONTINUE,
    /** The peer to take more of the request. */
    ROOM,
    FIRST_BYTE,
    NEXT_BYTE
  }

  private final Http1ClientConnection connection;

  ServerDeadline(Http1ClientConnection connection) {
    super(connection.stream().loop());
    this.connection = connection;
  }

  @Override
  protected void late(Waiting missed) {
    Http1ClientExchange current = connection.first();
    if (current == null) {
      connection.close();
      return;
    }
    ClientTimeouts timeouts = current.timeouts();
    switch (missed) {
      case REQUEST -> {}
      case CONTINUE -> current.attempt.writable();
      case ROOM ->
          fail(
              "next byte",
              "the server took no more of the request within ",
              timeouts.betweenBytes());
      case FIRST_BYTE -> fail("first byte", "no response within ", timeouts.firstByte());
      case NEXT_BYTE ->
          fail("next byte", "no more of the response within ", timeouts.betweenBytes());
    }
  }

  private void fail(String layer, String what, Duration limit) {
    connection.fail(new StreamException.TimedOut(layer, what + limit));
  }
}
