package dev.weir.http.server;

import dev.weir.http.HttpError;
import dev.weir.http.HttpTimeouts;
import dev.weir.http.Status;
import dev.weir.http.exchange.Deadline;
import dev.weir.http.exchange.Drain;
import java.time.Duration;

/**
 * What an HTTP/1.1 connection of a server waits for from its client, one thing at a time, and what
 * becomes of a client that is late or too slow (RFC 9112 9.5, RFC 9110 15.5.9).
 */
final class ClientDeadline extends Deadline<ClientDeadline.Waiting> {

  /** What the client is waited for. */
  enum Waiting {
    FIRST_BYTE,
    REST_OF_HEAD,
    BODY,
    ROOM
  }

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  private final Http1ServerConnection connection;

  ClientDeadline(Http1ServerConnection connection) {
    super(connection.stream().loop());
    this.connection = connection;
  }

  private HttpTimeouts timeouts() {
    return connection.server().timeouts();
  }

  private long now() {
    return connection.stream().loop().now();
  }

  private long bytesOut() {
    return connection.stream().carrier().bytesOut();
  }

  /** Waits for a request. */
  void awaitRequest() {
    await(Waiting.FIRST_BYTE, timeouts().idle());
  }

  /** Waits for the rest of a head; bytes that come do not prolong it. */
  void awaitHead() {
    if (!awaits(Waiting.REST_OF_HEAD)) {
      await(Waiting.REST_OF_HEAD, timeouts().head());
    }
  }

  /** Waits for more of the body, if somebody wants it, or all of it would be dropped. */
  void awaitBody(Http1ServerExchange current) {
    boolean awaited = current.request.wantsBody() || current.response.ended();
    if (awaited && !current.intake.over()) {
      current.intake.pace().start(now());
      if (!awaits(Waiting.ROOM)) {
        await(Waiting.BODY, timeouts().body());
      }
    }
  }

  /** The client is not to blame for what does not come while nobody wants it. */
  void bodyNotWanted(Http1ServerExchange current) {
    current.intake.pace().stop(now());
    if (awaits(Waiting.BODY)) {
      suspend();
    }
  }

  /** Bytes wait for the client; a stream that has room after all says so in this turn. */
  void awaitRoom(Http1ServerExchange current) {
    current.drain().begin(now(), bytesOut());
    await(Waiting.ROOM, Drain.interval(timeouts().send(), timeouts().sendRate()));
  }

  /** As the other, for what is left of exchanges that are over. */
  void awaitRoom() {
    await(Waiting.ROOM, timeouts().send());
  }

  /** No bytes wait any more; false if the client took so long that the connection is cut. */
  boolean hasRoom(Http1ServerExchange current) {
    met(Waiting.ROOM);
    if (isTooSlow(current)) {
      return false;
    }
    current.drain().end(now(), bytesOut());
    return true;
  }

  private boolean isTooSlow(Http1ServerExchange current) {
    HttpTimeouts limits = timeouts();
    boolean slow = current.drain().isMissed(limits.send(), limits.sendRate(), now(), bytesOut());
    if (slow) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: the client does not take its response; cut",
          connection.stream());
      connection.stream().reset(-1);
    }
    return slow;
  }

  @Override
  protected void late(Waiting missed) {
    switch (missed) {
      case FIRST_BYTE -> connection.close();
      case REST_OF_HEAD ->
          connection.headLate(late("the head of a request within " + seconds(timeouts().head())));
      case BODY -> connection.bodyLate(late("more of a body within " + seconds(timeouts().body())));
      case ROOM -> connection.roomLate();
    }
  }

  /** The time for room is over, but perhaps the client has taken enough in it. */
  void roomLate(Http1ServerExchange current) {
    if (!isTooSlow(current)) {
      awaitRoom(current);
    }
  }

  private static String seconds(Duration limit) {
    return limit.toSeconds() + " s";
  }

  /** RFC 9110 15.5.9. */
  static HttpError late(String expected) {
    return new HttpError(
        Status.REQUEST_TIMEOUT, "RFC 9110 15.5.9", "too little", expected, "send faster");
  }
}
