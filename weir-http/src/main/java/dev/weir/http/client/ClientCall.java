package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.Status;
import dev.weir.http.client.Attempt.Repeat;
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
final class ClientCall {

  /** How often a request is sent again that servers say they did not do. */
  private static final int MOST_REPEATS = 3;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final LoopPool pool;
  private final ClientTimeouts timeouts;
  private final Delivery delivery;
  private final CallClock clock;
  private final Timer whole;
  private final CallFuture<CallTimings> over = new CallFuture<>();
  private final Following following;
  private Request request;

  /** The attempt that is being made, or {@code null} before and after all of them. */
  private @Nullable Attempt attempt;

  private boolean ended;

  private int repeats;
  private boolean http1;

  ClientCall(
      LoopPool pool,
      Request request,
      ClientTimeouts timeouts,
      RedirectPolicy redirects,
      ResponseHandler handler) {
    this.pool = pool;
    this.request = request;
    this.timeouts = timeouts;
    this.following = new Following(redirects.start(request.method(), request.target()));
    this.delivery = new Delivery(this, handler);
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
    Attempt next = new Attempt(this, request, fields(), fresh);
    attempt = next;
    delivery.restart();
    pool.send(next);
  }

  /** The caller's fields and those that the client adds. */
  private Headers fields() {
    Headers fields = request.headers().copy();
    if (request.expectContinue()) {
      fields.set(HeaderName.EXPECT, "100-continue");
    }
    if (decompresses()) {
      fields.set(HeaderName.ACCEPT_ENCODING, "gzip, deflate");
    }
    CookieJar jar = pool.options().cookies();
    if (jar != null && !fields.contains(HeaderName.COOKIE)) {
      String cookies = jar.cookies(request.target(), pool.time());
      if (cookies != null) {
        fields.set(HeaderName.COOKIE, cookies);
      }
    }
    return fields;
  }

  private boolean decompresses() {
    return pool.options().decompression() != null
        && !request.offersSwitch()
        && !request.headers().contains(HeaderName.ACCEPT_ENCODING)
        && !request.headers().contains(HeaderName.RANGE);
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
    following.clear();
    whole.cancel();
    delivery.close();
    clock.end();
    if (why == null) {
      over.complete(clock.timings());
      return;
    }
    try {
      delivery.failed(why);
    } finally {
      over.completeExceptionally(why);
    }
  }

  /** Makes the request that follows the answer which was dropped. */
  private void follow() {
    Request next = following.take();
    if (next != null) {
      request = next;
      attempt(false);
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
      delivery.interim(interim, fields);
    } catch (RuntimeException e) {
      giveUp(handlerFailed(e));
    }
  }

  void head(Attempt by, Status answer, Headers fields, CallConnection carrier) {
    if (isLeft(by)) {
      return;
    }
    CookieJar jar = pool.options().cookies();
    if (jar != null) {
      jar.store(request.target(), fields.all(HeaderName.SET_COOKIE), pool.time());
    }
    if (answer.equals(Status.MISDIRECTED_REQUEST)) {
      // RFC 9110 15.5.20: the connection may have been another origin's.
      pool.misdirected(route());
    }
    try {
      if (following.decide(request, by, answer, fields)) {
        return;
      }
    } catch (CallException e) {
      giveUp(e);
      return;
    }
    try {
      delivery.head(request, answer, fields, carrier, decompresses());
    } catch (RuntimeException e) {
      giveUp(handlerFailed(e));
    }
  }

  void data(Attempt by, ByteBuffer bytes) {
    if (isLeft(by)) {
      bytes.position(bytes.limit());
      return;
    }
    if (following.pending()) {
      if (!following.drop(bytes)) {
        attempt = null;
        pool.cancel(by);
        follow();
      }
      return;
    }
    try {
      delivery.data(bytes);
    } catch (HttpError e) {
      giveUp(e);
    } catch (RuntimeException e) {
      giveUp(handlerFailed(e));
    }
  }

  void ended(Attempt by, Headers trailers) {
    if (isLeft(by)) {
      return;
    }
    attempt = null;
    if (following.pending()) {
      follow();
      return;
    }
    clock.end();
    try {
      delivery.bodyEnded();
    } catch (HttpError e) {
      finish(e);
      return;
    }
    try {
      delivery.end(trailers);
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
    attempt = null;
    StreamHandler next;
    try {
      next = delivery.switched(request, answer, fields, carrier, stream);
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

  void failed(Attempt by, WeirException why, Repeat repeat) {
    if (isLeft(by)) {
      return;
    }
    if (following.pending()) {
      // The rest of a response that nobody wanted is no loss.
      follow();
      return;
    }
    if (mayRepeat(repeat)) {
      repeats++;
      attempt(repeat == Repeat.IF_REPEATABLE);
      return;
    }
    finish(why);
  }

  private boolean mayRepeat(Repeat repeat) {
    return switch (repeat) {
      case NO -> false;
      case IF_REPEATABLE -> repeats == 0 && request.repeatable();
      case YES -> repeats < MOST_REPEATS && request.canSendAgain();
    };
  }

  /** The server wants this request by HTTP/1.1 alone (RFC 9113 7). */
  void useHttp1() {
    http1 = true;
  }

  /** The way of its present request. */
  Route route() {
    return request.route(http1);
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

  // ---- the delivery asks

  Loop loop() {
    return pool.loop();
  }

  /** What the response may be decompressed to. */
  @Nullable Decompression decompression() {
    return pool.options().decompression();
  }

  /** Whether a response is being delivered. */
  boolean isDelivering() {
    return attempt != null;
  }

  /** The handler wants more of the body, or not now. */
  void wantBody(boolean wanted) {
    Attempt current = attempt;
    if (current != null) {
      current.wantBody(wanted);
    }
  }

  /** What has been received goes first; then the connection goes on. */
  void deliverOwed() {
    Attempt current = attempt;
    if (current == null || !delivery.owes()) {
      return;
    }
    data(current, NOTHING);
    if (attempt == current && delivery.wantsBody()) {
      current.wantBody(true);
    }
  }

  /** Any thread. */
  void cancel() {
    if (!loop().inLoop()) {
      loop().execute(this::cancel);
    } else if (!ended) {
      giveUp(
          new CallException(CallException.Reason.CANCELLED, "the caller cancelled the call", null));
    }
  }
}
