package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.TargetUri;
import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the caller waits for: one attempt after the other until a response is there as a whole or
 * there is a reason why not. Tells the handler exactly once how it ended. Loop thread.
 */
final class ClientCall implements ClientResponse {

  private final LoopPool pool;
  private final ClientTimeouts timeouts;
  private final ResponseHandler handler;
  private final CallClock clock;
  private final Timer whole;
  private final CallFuture<CallTimings> over = new CallFuture<>();
  private Request request;

  /** The attempt that is being made, or {@code null} before and after all of them. */
  private @Nullable Attempt attempt;

  private boolean ended;
  private boolean retried;

  /** The response that is being delivered. */
  private Status status = Status.OK;

  private Headers headers = Headers.of();
  private @Nullable CallConnection connection;

  ClientCall(LoopPool pool, Request request, ClientTimeouts timeouts, ResponseHandler handler) {
    this.pool = pool;
    this.request = request;
    this.timeouts = timeouts;
    this.handler = handler;
    this.clock = new CallClock(pool.loop());
    this.whole = pool.loop().timer(this::timedOut);
    over.of(this);
  }

  CallFuture<CallTimings> over() {
    return over;
  }

  boolean isOver() {
    return ended;
  }

  ClientTimeouts timeouts() {
    return timeouts;
  }

  CallClock clock() {
    return clock;
  }

  void begin() {
    if (ended) {
      return;
    }
    clock.begin();
    if (timeouts.whole().isPositive()) {
      whole.after(timeouts.whole());
    }
    attempt(false);
  }

  private void attempt(boolean fresh) {
    Headers fields = request.headers();
    if (request.expectContinue()) {
      fields = fields.copy().set(HeaderName.EXPECT, "100-continue");
    }
    Attempt next = new Attempt(this, request, fields, fresh);
    attempt = next;
    pool.send(next);
  }

  private void timedOut() {
    giveUp(
        new StreamException.TimedOut(
            "whole call",
            request.method() + " " + request.target() + " took more than " + timeouts.whole()));
  }

  /** Leaves the attempt, whatever it is at, and ends the call. */
  private void giveUp(WeirException why) {
    Attempt left = attempt;
    attempt = null;
    if (left != null) {
      pool.cancel(left);
    }
    finish(why);
  }

  private void finish(@Nullable WeirException why) {
    if (ended) {
      return;
    }
    ended = true;
    attempt = null;
    whole.cancel();
    clock.end();
    if (why == null) {
      over.complete(clock.timings());
      return;
    }
    try {
      handler.failed(why);
    } finally {
      over.completeExceptionally(why);
    }
  }

  // ---- the attempt tells

  private boolean isLeft(Attempt by) {
    return by != attempt;
  }

  void firstByte(Attempt by) {
    if (!isLeft(by)) {
      clock.firstByte();
    }
  }

  void interim(Attempt by, Status interim, Headers fields) {
    if (isLeft(by)) {
      return;
    }
    try {
      handler.interim(interim, fields);
    } catch (RuntimeException e) {
      giveUp(handlerFailed(e));
    }
  }

  void head(Attempt by, Status answer, Headers fields, CallConnection carrier) {
    if (isLeft(by)) {
      return;
    }
    status = answer;
    headers = fields;
    connection = carrier;
    try {
      handler.head(this);
    } catch (RuntimeException e) {
      giveUp(handlerFailed(e));
    }
  }

  void data(Attempt by, ByteBuffer bytes) {
    if (isLeft(by)) {
      bytes.position(bytes.limit());
      return;
    }
    try {
      handler.data(bytes);
    } catch (RuntimeException e) {
      giveUp(handlerFailed(e));
    }
  }

  void ended(Attempt by, Headers trailers) {
    if (isLeft(by)) {
      return;
    }
    attempt = null;
    clock.end();
    try {
      handler.end(trailers);
    } catch (RuntimeException e) {
      finish(handlerFailed(e));
      return;
    }
    finish(null);
  }

  @Nullable StreamHandler switched(
      Attempt by, Status answer, Headers fields, CallConnection carrier, ByteStream stream) {
    if (isLeft(by)) {
      return null;
    }
    status = answer;
    headers = fields;
    connection = carrier;
    attempt = null;
    StreamHandler next;
    try {
      next = handler.switched(this, stream);
    } catch (RuntimeException e) {
      finish(handlerFailed(e));
      return null;
    }
    finish(
        next != null
            ? null
            : new CallException(
                CallException.Reason.HANDLER, "the handler did not take the switch", null));
    return next;
  }

  void failed(Attempt by, WeirException why, boolean unanswered) {
    if (isLeft(by)) {
      return;
    }
    if (unanswered && !retried && request.repeatable()) {
      retried = true;
      attempt(true);
      return;
    }
    finish(why);
  }

  /** The source of the request's body gave up. */
  void bodyFailed(Attempt by, Throwable why) {
    if (!isLeft(by)) {
      giveUp(
          new CallException(
              CallException.Reason.REQUEST_BODY, "the body could not be sent: " + why, why));
    }
  }

  private static WeirException handlerFailed(RuntimeException e) {
    return e instanceof CallException own
        ? own
        : new CallException(CallException.Reason.HANDLER, "the response's handler failed: " + e, e);
  }

  // ---- what the handler sees

  @Override
  public TargetUri uri() {
    return request.target();
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public HttpVersion version() {
    return connection().version();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public CallTimings timings() {
    return clock.timings();
  }

  @Override
  public CallConnection connection() {
    CallConnection carrier = connection;
    if (carrier == null) {
      throw new IllegalStateException("there is no response yet");
    }
    return carrier;
  }

  @Override
  public Loop loop() {
    return pool.loop();
  }

  @Override
  public void pause() {
    want(false);
  }

  @Override
  public void resume() {
    want(true);
  }

  private void want(boolean wanted) {
    Attempt current = attempt;
    if (current != null && current.connection != null) {
      current.connection.wantBody(current, wanted);
    }
  }

  @Override
  public void cancel() {
    if (!loop().inLoop()) {
      loop().execute(this::cancel);
    } else if (!ended) {
      giveUp(
          new CallException(CallException.Reason.CANCELLED, "the caller cancelled the call", null));
    }
  }
}
