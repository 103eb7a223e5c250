package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.Status;
import dev.weir.http.client.ServerDeadline.Waiting;
import dev.weir.http.exchange.Pace;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.ResponseHead;
import dev.weir.stream.StreamException;
import java.nio.ByteBuffer;

/**
 * One exchange of an HTTP/1.1 connection: sends its request, waits for 100 if the caller wants that
 * (RFC 9110 10.1.1), and gives the response to the attempt.
 */
final class Http1ClientExchange implements ClientExchange {

  final Attempt attempt;
  private final Http1ClientConnection connection;

  /** Whether the handler wants no more of the body now. */
  private boolean paused;

  /** Whether any byte of the response has come. */
  private boolean responseBegun;

  /** Whether the connection has gone on without it, or is no more. */
  private boolean over;

  Http1ClientExchange(Http1ClientConnection connection, Attempt attempt) {
    this.connection = connection;
    this.attempt = attempt;
  }

  boolean responseBegun() {
    return responseBegun;
  }

  boolean paused() {
    return paused;
  }

  ClientTimeouts timeouts() {
    return attempt.call.timeouts();
  }

  /** The connection goes on without it: what is still asked of it has no effect. */
  void leave() {
    over = true;
    attempt.exchange = null;
  }

  // ---- the request

  void begin() {
    attempt.exchange = this;
    attempt.call.clock().send();
    addUpgrade();
    try {
      if (connection.output().head(connection.stream(), attempt)) {
        headSent();
      } else {
        wantWritable();
      }
    } catch (IllegalArgumentException e) {
      connection.fail(
          new CallException(CallException.Reason.REQUEST, String.valueOf(e.getMessage()), e));
    }
  }

  /** RFC 9110 7.8. */
  private void addUpgrade() {
    Request.Upgrade upgrade = attempt.request.upgrade();
    if (upgrade != null) {
      attempt
          .headers
          .set(HeaderName.UPGRADE, upgrade.protocol())
          .set(HeaderName.CONNECTION, "upgrade");
      upgrade.onlyHttp1().forEach(attempt.headers::set);
    }
  }

  private void headSent() {
    if (attempt.request.body() == null) {
      requestSent();
    } else if (attempt.request.expectContinue() && !attempt.bodyBegun()) {
      connection.deadline().await(Waiting.CONTINUE, timeouts().continueWait());
    } else {
      attempt.writable();
    }
  }

  private void requestSent() {
    connection.sent(this);
    awaitResponse();
  }

  /** All of the request has gone: so long for the first byte of the response, if it is next. */
  void awaitResponse() {
    if (connection.isFirst(this) && !responseBegun) {
      connection.deadline().await(Waiting.FIRST_BYTE, timeouts().firstByte());
    }
  }

  /** The stream has room. */
  void writable() {
    if (!connection.output().drain(connection.stream())) {
      wantWritable();
    } else if (attempt.bodyOver()) {
      requestSent();
    } else {
      headSent();
    }
  }

  @Override
  public int write(ByteBuffer bytes) {
    return connection.isSending(this) ? connection.output().write(connection.stream(), bytes) : 0;
  }

  @Override
  public void wantWritable() {
    if (connection.isSending(this)) {
      connection.stream().wantWritable();
      // A stream that has room after all says so in this turn.
      if (connection.isFirst(this) && !responseBegun) {
        connection.deadline().await(Waiting.ROOM, timeouts().betweenBytes());
      }
    }
  }

  @Override
  public void flush() {
    if (!over) {
      connection.stream().flush();
    }
  }

  @Override
  public void end(Headers trailers) {
    if (!connection.isSending(this)) {
      return;
    }
    RequestOutput output = connection.output();
    if (output.missing() > 0) {
      attempt.call.bodyFailed(
          attempt,
          new IllegalStateException(
              "the body ended " + output.missing() + " bytes before its length"));
    } else if (output.end(connection.stream(), trailers)) {
      requestSent();
    } else {
      wantWritable();
    }
  }

  // ---- the response

  /**
   * Reads what has come of the response.
   *
   * @return whether the connection may look at the rest of the bytes
   * @throws HttpError if it breaks the rules
   */
  boolean read(ByteBuffer in) {
    return connection.intake().awaitsHead() ? readHead(in) : readBody(in);
  }

  /** Reads one head; false if it is not there yet, or nothing may follow. */
  private boolean readHead(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return false;
    }
    if (!responseBegun) {
      responseBegun = true;
      attempt.firstByte();
    }
    awaitMore();
    ResponseHead head = connection.intake().readHead(in, attempt.request.method());
    if (head == null) {
      return false;
    }
    if (head.framing() == BodyFraming.SWITCHED) {
      switchTo(head);
      return false;
    }
    if (head.status().informational()) {
      return interim(head);
    }
    // Before the handler hears of it: a length beyond the limit ends the call.
    connection.intake().beginBody(head);
    if (connection.isSending(this) && !head.status().successful()) {
      // The server has seen enough; the rest of the body would only delay what comes next.
      connection.stopSending(this);
    }
    attempt.head(head.status(), head.headers(), connection.describe(head.version()));
    return !over;
  }

  private void switchTo(ResponseHead answer) {
    if (!attempt.request.offersSwitch() || connection.isSending(this)) {
      throw new HttpError(
          Status.BAD_GATEWAY,
          "RFC 9110 15.2.2",
          answer.status() + " to a request that offered nothing or was not complete",
          "a response of HTTP/1.1",
          "check the server");
    }
    connection.switchTo(this, answer);
  }

  private boolean interim(ResponseHead interim) {
    // The final response has not begun: it is waited for as before.
    connection.deadline().clear();
    if (!interim.status().equals(Status.CONTINUE)) {
      attempt.interim(interim.status(), interim.headers());
    } else if (connection.isSending(this) && !attempt.bodyBegun()) {
      attempt.writable();
    }
    if (over) {
      return false;
    }
    if (connection.isSending(this) && !attempt.bodyBegun()) {
      connection.deadline().await(Waiting.CONTINUE, timeouts().continueWait());
    } else if (!connection.isSending()) {
      connection.deadline().await(Waiting.FIRST_BYTE, timeouts().firstByte());
    }
    return true;
  }

  /** Gives body bytes to the attempt; true when the body is over. */
  private boolean readBody(ByteBuffer in) {
    if (paused) {
      return false;
    }
    ResponseIntake intake = connection.intake();
    int before = in.remaining();
    intake.pace().start(connection.stream().loop().now());
    awaitMore();
    if (takeBody(intake, in)) {
      return true;
    }
    if (!over) {
      intake.pace().moved(before - in.remaining());
      checkPace(intake.pace());
    }
    return false;
  }

  private void checkPace(Pace pace) {
    if (pace.isMissed(timeouts().bodyRate(), connection.stream().loop().now())) {
      connection.fail(
          new StreamException.TimedOut(
              "body rate", "a response of less than " + timeouts().bodyRate()));
    }
  }

  private boolean takeBody(ResponseIntake intake, ByteBuffer in) {
    while (!paused && !over) {
      switch (intake.readBody(in)) {
        case NEED_MORE -> {
          return false;
        }
        case END -> {
          connection.finish(this, intake.trailers(), in.hasRemaining());
          return true;
        }
        case DATA -> {
          boolean left = intake.give(attempt, in);
          if (left && !over && !paused) {
            wantBody(false);
          }
        }
      }
    }
    return false;
  }

  private void awaitMore() {
    if (responseBegun && !paused) {
      connection.deadline().await(Waiting.NEXT_BYTE, timeouts().betweenBytes());
    }
  }

  @Override
  public void wantBody(boolean wanted) {
    if (over || paused == !wanted) {
      return;
    }
    paused = !wanted;
    if (!connection.isFirst(this)) {
      return;
    }
    if (wanted) {
      awaitMore();
      connection.resume();
    } else {
      connection.intake().pace().stop(connection.stream().loop().now());
      connection.pause();
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      connection.fail(new StreamException.Aborted("http/1.1", -1, "the call was given up", null));
    }
  }
}
