package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
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

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final LoopPool pool;
  private final ClientTimeouts timeouts;
  private final ResponseHandler handler;
  private final CallClock clock;
  private final Timer whole;
  private final CallFuture<CallTimings> over = new CallFuture<>();
  private final RedirectChain redirects;
  private Request request;

  /** The request that comes after the response which is being dropped, or {@code null}. */
  private @Nullable Request following;

  private int dropped;

  /** The attempt that is being made, or {@code null} before and after all of them. */
  private @Nullable Attempt attempt;

  private boolean ended;

  /** Whether the handler wants no more for now. */
  private boolean held;

  /** Decompresses the response that is being delivered, or {@code null}. */
  private @Nullable DecodedBody decoded;

  private boolean retried;

  /** The response that is being delivered. */
  private Status status = Status.OK;

  private Headers headers = Headers.of();
  private @Nullable CallConnection connection;

  ClientCall(
      LoopPool pool,
      Request request,
      ClientTimeouts timeouts,
      RedirectPolicy redirects,
      ResponseHandler handler) {
    this.pool = pool;
    this.request = request;
    this.timeouts = timeouts;
    this.redirects = redirects.start(request.method(), request.target());
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
    Attempt next = new Attempt(this, request, fields(), fresh);
    attempt = next;
    held = false;
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
    following = null;
    whole.cancel();
    closeDecoded();
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

  // ---- another request in place of the one that was answered

  /** Whether the answer is not for the caller, because another request follows. */
  private boolean goesOn(Attempt by, Status answer, Headers fields) {
    if (answer.equals(Status.EXPECTATION_FAILED)
        && request.expectContinue()
        && (!by.bodyBegun() || request.canSendAgain())) {
      following = request.withoutExpect();
      return true;
    }
    return switch (redirects.next(answer, fields.get(HeaderName.LOCATION))) {
      case RedirectChain.Decision.Deliver() -> false;
      case RedirectChain.Decision.Refuse(String reason) -> {
        giveUp(redirectProblem(answer, reason));
        yield true;
      }
      case RedirectChain.Decision.Follow to -> {
        if (to.content() && by.bodyBegun() && !request.canSendAgain()) {
          giveUp(redirectProblem(answer, "its body can be sent only once"));
        } else {
          following = request.follow(to);
        }
        yield true;
      }
    };
  }

  private CallException redirectProblem(Status answer, String reason) {
    return new CallException(
        CallException.Reason.REDIRECT,
        "%s %s was answered by %s and not redirected: %s"
            .formatted(request.method(), request.target(), answer, reason),
        null);
  }

  /** The body of an answer that is not for the caller keeps the connection usable, if short. */
  private void drop(ByteBuffer bytes) {
    dropped += bytes.remaining();
    bytes.position(bytes.limit());
    Attempt current = attempt;
    if (dropped > HttpClient.DROPPED_BODY_BYTES && current != null) {
      attempt = null;
      pool.cancel(current);
      follow();
    }
  }

  private void follow() {
    Request next = following;
    if (next != null) {
      following = null;
      dropped = 0;
      request = next;
      attempt(false);
    }
  }

  // ---- the body of the response

  private void decode(Headers fields) {
    Decompression limits = pool.options().decompression();
    if (limits == null || !decompresses() || request.method().equals(Method.HEAD)) {
      return;
    }
    decoded = DecodedBody.of(fields, limits, loop(), handler);
    if (decoded != null) {
      headers = fields.copy().remove(HeaderName.CONTENT_ENCODING).remove(HeaderName.CONTENT_LENGTH);
    }
  }

  private void closeDecoded() {
    DecodedBody encoded = decoded;
    if (encoded != null) {
      decoded = null;
      encoded.close();
    }
  }

  /** Whether the handler takes more of the body now. */
  boolean wantsBody() {
    return !held && attempt != null;
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
    CookieJar jar = pool.options().cookies();
    if (jar != null) {
      jar.store(request.target(), fields.all(HeaderName.SET_COOKIE), pool.time());
    }
    if (goesOn(by, answer, fields)) {
      return;
    }
    status = answer;
    headers = fields;
    connection = carrier;
    decode(fields);
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
    if (following != null) {
      drop(bytes);
      return;
    }
    DecodedBody encoded = decoded;
    try {
      if (encoded != null) {
        encoded.give(bytes, this);
      } else {
        handler.data(bytes);
      }
      if (bytes.hasRemaining() || (encoded != null && encoded.owes())) {
        pause();
      }
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
    if (following != null) {
      follow();
      return;
    }
    clock.end();
    try {
      DecodedBody encoded = decoded;
      if (encoded != null) {
        encoded.end();
      }
    } catch (HttpError e) {
      finish(e);
      return;
    }
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
    if (following != null) {
      // The rest of a response that nobody wanted is no loss.
      follow();
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
    held = true;
    want(false);
  }

  @Override
  public void resume() {
    held = false;
    DecodedBody encoded = decoded;
    if (encoded != null && encoded.owes()) {
      loop().execute(this::giveOwed);
    } else {
      want(true);
    }
  }

  private void want(boolean wanted) {
    Attempt current = attempt;
    if (current != null) {
      current.wantBody(wanted);
    }
  }

  /** What has been received goes first; then the connection goes on. */
  private void giveOwed() {
    Attempt current = attempt;
    DecodedBody encoded = decoded;
    if (current == null || encoded == null || held) {
      return;
    }
    data(current, NOTHING);
    if (!held && attempt == current) {
      want(true);
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
