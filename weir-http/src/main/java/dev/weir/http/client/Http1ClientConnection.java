package dev.weir.http.client;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.h1.BodyDecoder;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.ResponseHead;
import dev.weir.http.h1.ResponseParser;
import dev.weir.http.h1.Role;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a client: sends requests one after the other, reads the responses in
 * that order (RFC 9112 9.3.2), and gives them to the attempts that wait for them.
 */
final class Http1ClientConnection implements ClientConnection, StreamHandler, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What the timer waits for. */
  private enum Waiting {
    NOTHING,
    /** A request, for as long as the pool keeps an idle connection. */
    REQUEST,
    /** 100, before the body is sent anyway. */
    CONTINUE,
    /** The peer to take more of the request. */
    ROOM,
    FIRST_BYTE,
    NEXT_BYTE
  }

  private static final int CLOSING = 1;
  private static final int DRAINING = 1 << 1;
  private static final int PEER_ENDED = 1 << 2;
  private static final int SWITCHED = 1 << 3;
  private static final int REUSED = 1 << 4;
  private static final int LAST = 1 << 5;
  private static final int PROCEEDING = 1 << 6;

  private final OriginPool pool;
  private final ByteStream stream;
  private final HttpClientOptions options;
  private final Http1ClientScratch scratch;
  private final Http1Upload upload;
  private final ResponseParser parser;
  private final Timer timer;
  private final ArrayDeque<Attempt> exchanges = new ArrayDeque<>(2);
  private Waiting waiting = Waiting.NOTHING;
  private int flags;
  private int interims;

  /** The last of the exchanges while its request is not sent as a whole, or {@code null}. */
  private @Nullable Attempt sending;

  /** The head of the response that is being read, lent, or {@code null}. */
  private @Nullable ResponseHead head;

  /** The rest of its body, or {@code null}. */
  private @Nullable BodyDecoder body;

  Http1ClientConnection(OriginPool pool, ByteStream stream, HttpClientOptions options) {
    this.pool = pool;
    this.stream = stream;
    this.options = options;
    this.scratch = Http1ClientScratch.of(stream.loop());
    this.upload = new Http1Upload(scratch.encoder);
    this.parser = new ResponseParser(options.limits());
    this.timer = stream.loop().timer(this);
  }

  // ---- the pool speaks

  @Override
  public boolean isIdle() {
    return exchanges.isEmpty() && !has(CLOSING | DRAINING | SWITCHED | PEER_ENDED);
  }

  /** RFC 9112 9.3.2: behind requests that may be repeated, on a connection that has persisted. */
  @Override
  public boolean takes(Attempt attempt) {
    return isIdle()
        || (has(REUSED)
            && !has(CLOSING | DRAINING | SWITCHED | PEER_ENDED | LAST)
            && sending == null
            && exchanges.size() < options.pool().pipelined()
            && isPipelinable(attempt.request)
            && isPipelinable(exchanges.getLast().request));
  }

  private static boolean isPipelinable(Request request) {
    return request.body() == null && request.repeatable() && !request.offersSwitch();
  }

  /** There is nothing to send yet. */
  void begin() {
    await(Waiting.REQUEST, options.pool().idleTime());
    pool.free(this);
  }

  @Override
  public void send(Attempt attempt) {
    exchanges.add(attempt);
    sending = attempt;
    attempt.connection = this;
    attempt.call.clock().send();
    set(LAST, FieldLists.contains(attempt.headers, HeaderName.CONNECTION, "close"));
    boolean sent;
    try {
      sent = upload.head(stream, attempt.request, attempt.headers);
    } catch (IllegalArgumentException e) {
      fail(new CallException(CallException.Reason.REQUEST, String.valueOf(e.getMessage()), e));
      return;
    }
    if (exchanges.size() == 1) {
      interims = 0;
      await(Waiting.NOTHING, Duration.ZERO);
    }
    if (!sent) {
      wantWritable(attempt);
    } else {
      headSent(attempt);
    }
  }

  private void headSent(Attempt attempt) {
    if (attempt.request.body() == null) {
      requestSent(attempt);
    } else if (attempt.request.expectContinue() && !attempt.bodyBegun()) {
      await(Waiting.CONTINUE, attempt.call.timeouts().continueWait());
    } else {
      attempt.writable();
    }
  }

  private void requestSent(Attempt attempt) {
    sending = null;
    if (exchanges.peek() == attempt && !attempt.responseBegun) {
      await(Waiting.FIRST_BYTE, attempt.call.timeouts().firstByte());
    }
  }

  // ---- the attempt speaks

  @Override
  public int write(Attempt attempt, ByteBuffer bytes) {
    return attempt == sending ? upload.write(stream, bytes) : 0;
  }

  @Override
  public void wantWritable(Attempt attempt) {
    if (attempt == sending) {
      stream.wantWritable();
      if (stream.hasUnsent() && !attempt.responseBegun) {
        await(Waiting.ROOM, attempt.call.timeouts().betweenBytes());
      }
    }
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public void end(Attempt attempt, Headers trailers) {
    if (attempt != sending) {
      return;
    }
    if (upload.missing() > 0) {
      attempt.call.bodyFailed(
          attempt,
          new IllegalStateException(
              "the body ended " + upload.missing() + " bytes before its length"));
    } else if (upload.end(stream, trailers)) {
      requestSent(attempt);
    } else {
      wantWritable(attempt);
    }
  }

  @Override
  public void wantBody(Attempt attempt, boolean wanted) {
    if (attempt.paused == !wanted) {
      return;
    }
    attempt.paused = !wanted;
    if (attempt != exchanges.peek()) {
      return;
    }
    if (!wanted) {
      stream.pause();
      if (waiting == Waiting.NEXT_BYTE) {
        await(Waiting.NOTHING, Duration.ZERO);
      }
      return;
    }
    stream.resume();
    awaitMore(attempt);
    // What was left comes again by itself; but if only the end was left, nothing comes.
    if (!has(PROCEEDING)) {
      flags |= PROCEEDING;
      stream.loop().execute(this::proceed);
    }
  }

  private void proceed() {
    flags &= ~PROCEEDING;
    received(stream, NOTHING);
  }

  @Override
  public void cancel(Attempt attempt) {
    if (exchanges.contains(attempt)) {
      fail(new StreamException.Aborted("http/1.1", -1, "the call was given up", null));
    }
  }

  // ---- the stream speaks

  @Override
  public void received(ByteStream from, ByteBuffer in) {
    while (!has(SWITCHED)) {
      if (has(CLOSING)) {
        in.position(in.limit());
        return;
      }
      Attempt current = exchanges.peek();
      if (current == null) {
        if (in.hasRemaining()) {
          unasked(in);
        }
        return;
      }
      boolean goOn = body == null ? readHead(current, in) : readBody(current, in);
      if (!goOn) {
        break;
      }
    }
    if (has(PEER_ENDED) && !has(SWITCHED | CLOSING)) {
      inputEnded();
    }
  }

  /** RFC 9112 9.2: bytes that no request asked for, such as 408 before a close, answer none. */
  private void unasked(ByteBuffer in) {
    LOG.log(Level.DEBUG, "{0}: {1} bytes that answer no request", stream, in.remaining());
    in.position(in.limit());
    close();
  }

  /** Reads one head, interim or final; false if it is not there yet, or nothing may follow. */
  private boolean readHead(Attempt current, ByteBuffer in) {
    if (!in.hasRemaining()) {
      return false;
    }
    if (!current.responseBegun) {
      current.firstByte();
    }
    awaitMore(current);
    ResponseHead next = head;
    if (next == null) {
      next = scratch.take();
      head = next;
    }
    try {
      if (!parser.parse(in, next, current.request.method())) {
        return false;
      }
      if (next.framing() == BodyFraming.SWITCHED) {
        switchProtocol(current, next);
        return false;
      }
      if (next.status().informational()) {
        return interim(current, next);
      }
      // Before the handler hears of it: a length beyond the limit ends the call.
      BodyDecoder decoder =
          BodyDecoder.of(Role.CLIENT, next.framing(), next.contentLength(), options.limits());
      body = decoder;
      if (sending == current && !next.status().successful()) {
        // The server has seen enough; the rest of the body would only delay what comes next.
        stopSending(current);
      }
      current.head(next.status(), next.headers(), connection(next.version()));
      return isStill(current);
    } catch (HttpError e) {
      in.position(in.limit());
      fail(e);
      return false;
    }
  }

  private boolean interim(Attempt current, ResponseHead interim) {
    if (++interims > HttpClient.INTERIM_RESPONSES) {
      throw new HttpError(
          Status.BAD_GATEWAY,
          "RFC 9110 15.2",
          interims + " interim responses",
          "at most " + HttpClient.INTERIM_RESPONSES + " before the final one",
          "check the server");
    }
    // The final response has not begun: it is waited for as before.
    await(Waiting.NOTHING, Duration.ZERO);
    if (!interim.status().equals(Status.CONTINUE)) {
      current.interim(interim.status(), interim.headers());
    } else if (sending == current && !current.bodyBegun()) {
      current.writable();
    }
    if (!isStill(current)) {
      return false;
    }
    if (sending == current && !current.bodyBegun()) {
      await(Waiting.CONTINUE, current.call.timeouts().continueWait());
    } else if (sending == null) {
      await(Waiting.FIRST_BYTE, current.call.timeouts().firstByte());
    }
    return true;
  }

  private CallConnection connection(HttpVersion version) {
    Carrier carrier = stream.carrier();
    return new CallConnection(carrier.id(), version, carrier.remote(), carrier.tls(), has(REUSED));
  }

  /** Gives body bytes to the attempt; true when the body is over. */
  private boolean readBody(Attempt current, ByteBuffer in) {
    BodyDecoder rest = body;
    if (rest == null || current.paused) {
      return false;
    }
    awaitMore(current);
    try {
      while (true) {
        switch (rest.decode(in)) {
          case NEED_MORE -> {
            return false;
          }
          case END -> {
            finish(current, rest.trailers(), in.hasRemaining());
            return true;
          }
          case DATA -> {
            if (!giveBody(current, rest, in)) {
              return false;
            }
          }
        }
      }
    } catch (HttpError e) {
      in.position(in.limit());
      fail(e);
      return false;
    }
  }

  private boolean giveBody(Attempt current, BodyDecoder rest, ByteBuffer in) {
    int start = in.position();
    int limit = in.limit();
    in.limit(start + rest.available());
    current.data(in);
    boolean left = in.hasRemaining();
    in.limit(limit);
    rest.consumed(in.position() - start);
    if (!isStill(current)) {
      return false;
    }
    if (left && !current.paused) {
      wantBody(current, false);
    }
    return !current.paused;
  }

  /** Whether the exchange goes on after the application was called, and may have ended it. */
  private boolean isStill(Attempt current) {
    return exchanges.peek() == current && !has(CLOSING);
  }

  /** The response is complete. */
  private void finish(Attempt current, Headers trailers, boolean moreBytes) {
    ResponseHead done = head;
    if (done == null) {
      return;
    }
    head = null;
    body = null;
    interims = 0;
    boolean persists = done.keepAlive() && sending != current && !has(LAST | PEER_ENDED);
    if (sending == current) {
      stopSending(current);
    }
    exchanges.remove();
    flags |= REUSED;
    if (!persists || (exchanges.isEmpty() && (moreBytes || has(DRAINING)))) {
      lose(lost());
    } else if (exchanges.isEmpty()) {
      await(Waiting.REQUEST, options.pool().idleTime());
    } else {
      await(Waiting.FIRST_BYTE, exchanges.getFirst().call.timeouts().firstByte());
    }
    current.ended(trailers);
    scratch.give(done);
    if (!has(CLOSING)) {
      pool.free(this);
    }
  }

  private void stopSending(Attempt current) {
    sending = null;
    flags |= LAST;
    current.cutBody();
  }

  private void switchProtocol(Attempt current, ResponseHead answer) {
    if (!current.request.offersSwitch() || sending == current) {
      throw new HttpError(
          Status.BAD_GATEWAY,
          "RFC 9110 15.2.2",
          answer.status() + " to a request that offered nothing or was not complete",
          "a response of HTTP/1.1",
          "check the server");
    }
    exchanges.remove();
    flags |= SWITCHED;
    timer.cancel();
    StreamHandler next =
        current.switched(answer.status(), answer.headers(), connection(answer.version()), stream);
    head = null;
    scratch.give(answer);
    pool.gone(this);
    if (next == null) {
      stream.reset(-1);
    } else {
      stream.handler(next);
      next.opened(stream);
    }
  }

  @Override
  public void writable(ByteStream to) {
    if (waiting == Waiting.ROOM) {
      await(Waiting.NOTHING, Duration.ZERO);
    }
    Attempt current = sending;
    if (current == null) {
      return;
    }
    if (!upload.drainOwn(stream)) {
      wantWritable(current);
    } else if (current.bodyOver()) {
      requestSent(current);
    } else {
      headSent(current);
    }
  }

  @Override
  public void ended(ByteStream by) {
    flags |= PEER_ENDED;
    if (exchanges.isEmpty()) {
      close();
    } else {
      inputEnded();
    }
  }

  /** No more bytes will come, and what had come before has been taken. */
  private void inputEnded() {
    Attempt current = exchanges.peek();
    if (current == null) {
      close();
      return;
    }
    BodyDecoder rest = body;
    if (current.paused) {
      return;
    }
    if (rest == null) {
      lose(lost());
      return;
    }
    try {
      rest.endOfInput();
      readBody(current, NOTHING);
    } catch (HttpError e) {
      fail(e);
    }
  }

  @Override
  public void drain(ByteStream by) {
    flags |= DRAINING;
    if (exchanges.isEmpty()) {
      close();
    }
  }

  @Override
  public void closed(ByteStream by, @Nullable WeirException problem) {
    lose(problem == null ? lost() : problem);
  }

  private static WeirException lost() {
    return new CallException(
        CallException.Reason.CONNECTION_LOST,
        "the server closed the connection before its response was complete",
        null);
  }

  // ---- the end

  @Override
  public void close() {
    if (!exchanges.isEmpty()) {
      flags |= DRAINING;
      return;
    }
    if (!has(CLOSING)) {
      flags |= CLOSING;
      timer.cancel();
      stream.close();
      pool.gone(this);
    }
  }

  /** What came, or did not come, leaves no way to go on: the connection is cut. */
  private void fail(WeirException why) {
    stream.reset(-1);
    end(why, false);
  }

  /** The connection is gone. Nobody knows what the server saw of unanswered requests. */
  private void lose(WeirException why) {
    stream.close();
    end(why, has(REUSED));
  }

  private void end(WeirException why, boolean repeat) {
    flags |= CLOSING;
    timer.cancel();
    ResponseHead lent = head;
    head = null;
    body = null;
    sending = null;
    List<Attempt> lost = List.copyOf(exchanges);
    exchanges.clear();
    pool.gone(this);
    for (Attempt attempt : lost) {
      boolean first = attempt == lost.getFirst();
      attempt.failed(why, first ? repeat && !attempt.responseBegun : true);
    }
    if (lent != null) {
      scratch.give(lent);
    }
  }

  // ---- time

  private void awaitMore(Attempt current) {
    if (current.responseBegun && !current.paused) {
      await(Waiting.NEXT_BYTE, current.call.timeouts().betweenBytes());
    }
  }

  private void await(Waiting what, Duration limit) {
    waiting = what;
    if (what == Waiting.NOTHING) {
      timer.cancel();
    } else {
      timer.after(limit);
    }
  }

  /** What was waited for did not come in time. */
  @Override
  public void run() {
    Attempt current = exchanges.peek();
    if (current == null) {
      close();
      return;
    }
    ClientTimeouts timeouts = current.call.timeouts();
    switch (waiting) {
      case NOTHING, REQUEST -> {}
      case CONTINUE -> {
        waiting = Waiting.NOTHING;
        current.writable();
      }
      case ROOM ->
          fail(
              late(
                  "next byte",
                  "the server took no more of the request within ",
                  timeouts.betweenBytes()));
      case FIRST_BYTE -> fail(late("first byte", "no response within ", timeouts.firstByte()));
      case NEXT_BYTE ->
          fail(late("next byte", "no more of the response within ", timeouts.betweenBytes()));
    }
  }

  private static StreamException late(String layer, String what, Duration limit) {
    return new StreamException.TimedOut(layer, what + limit);
  }

  private void set(int flag, boolean on) {
    flags = on ? flags | flag : flags & ~flag;
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
