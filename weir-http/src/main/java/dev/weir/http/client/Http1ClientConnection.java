package dev.weir.http.client;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.h1.ResponseHead;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a client: sends requests one after the other, and gives what comes to
 * the exchanges that wait for it, in that order (RFC 9112 9.3.2).
 */
final class Http1ClientConnection implements ClientConnection {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

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
  private final RequestOutput output;
  private final ResponseIntake intake;
  private final ServerDeadline deadline;
  private final ArrayDeque<Http1ClientExchange> exchanges = new ArrayDeque<>(2);
  private int flags;

  /** The last of the exchanges while its request is not sent as a whole, or {@code null}. */
  private @Nullable Http1ClientExchange sending;

  /** Who has the stream after a switch. */
  private @Nullable StreamHandler successor;

  Http1ClientConnection(OriginPool pool, ByteStream stream, HttpClientOptions options) {
    this.pool = pool;
    this.stream = stream;
    this.options = options;
    Http1ClientScratch scratch = Http1ClientScratch.of(stream.loop());
    this.output = new RequestOutput(scratch.encoder);
    this.intake = new ResponseIntake(scratch, options.limits());
    this.deadline = new ServerDeadline(this);
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
            && attempt.request.pipelinable()
            && exchanges.getLast().attempt.request.pipelinable());
  }

  @Override
  public boolean isMultiplexed() {
    return false;
  }

  @Override
  public boolean isOf(OriginPool origin) {
    return origin == pool;
  }

  @Override
  public boolean refuses(Attempt attempt) {
    return false;
  }

  @Override
  public void begin() {
    deadline.await(ServerDeadline.Waiting.REQUEST, options.pool().idleTime());
    pool.free(this);
  }

  @Override
  public void send(Attempt attempt) {
    Http1ClientExchange next = new Http1ClientExchange(this, attempt);
    if (exchanges.isEmpty()) {
      deadline.clear();
    }
    exchanges.add(next);
    sending = next;
    if (attempt.headers.contains(HeaderName.CONNECTION)
        && FieldLists.contains(attempt.headers, HeaderName.CONNECTION, "close")) {
      flags |= LAST;
    }
    next.begin();
  }

  // ---- an exchange speaks

  ByteStream stream() {
    return stream;
  }

  RequestOutput output() {
    return output;
  }

  ResponseIntake intake() {
    return intake;
  }

  ServerDeadline deadline() {
    return deadline;
  }

  /** The exchange whose response comes next, or {@code null}. */
  @Nullable Http1ClientExchange first() {
    return exchanges.peek();
  }

  /** Whether the response that comes next is for that exchange. */
  boolean isFirst(Http1ClientExchange exchange) {
    return exchanges.peek() == exchange;
  }

  /** Whether the request of that exchange is being sent. */
  boolean isSending(Http1ClientExchange exchange) {
    return sending == exchange;
  }

  /** Whether a request is being sent. */
  boolean isSending() {
    return sending != null;
  }

  /** The request has gone as a whole. */
  void sent(Http1ClientExchange exchange) {
    if (sending == exchange) {
      sending = null;
    }
  }

  /** The request will not be complete: the connection ends with its response. */
  void stopSending(Http1ClientExchange exchange) {
    sent(exchange);
    flags |= LAST;
    exchange.attempt.cutBody();
  }

  void pause() {
    stream.pause();
    deadline.met(ServerDeadline.Waiting.NEXT_BYTE);
  }

  void resume() {
    stream.resume();
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

  CallConnection describe(HttpVersion version) {
    Carrier carrier = stream.carrier();
    return new CallConnection(carrier.id(), version, carrier.remote(), carrier.tls(), has(REUSED));
  }

  /** The response is complete. */
  void finish(Http1ClientExchange done, Headers trailers, boolean moreBytes) {
    ResponseHead head = intake.next();
    if (head == null) {
      return;
    }
    boolean persists = head.keepAlive() && sending != done && !has(LAST | PEER_ENDED);
    if (sending == done) {
      stopSending(done);
    }
    exchanges.remove();
    done.leave();
    flags |= REUSED;
    if (!persists || (exchanges.isEmpty() && (moreBytes || has(DRAINING)))) {
      lose(lost());
    } else if (exchanges.isEmpty()) {
      deadline.await(ServerDeadline.Waiting.REQUEST, options.pool().idleTime());
    } else {
      exchanges.getFirst().awaitResponse();
    }
    done.attempt.ended(trailers);
    intake.give(head);
    if (!has(CLOSING)) {
      pool.free(this);
    }
  }

  /** The server has agreed to switch, or is a tunnel from now on. */
  void switchTo(Http1ClientExchange last, ResponseHead answer) {
    exchanges.remove();
    last.leave();
    flags |= SWITCHED;
    deadline.clear();
    StreamHandler next =
        last.attempt.switched(
            answer.status(), answer.headers(), describe(answer.version()), stream);
    intake.give(intake.next());
    pool.gone(this);
    if (next == null) {
      stream.reset(-1);
    } else {
      successor = next;
      stream.handler(next);
      next.opened(stream);
    }
  }

  // ---- the stream speaks

  @Override
  public void received(ByteStream from, ByteBuffer in) {
    boolean goOn = true;
    while (goOn && !has(SWITCHED)) {
      if (has(CLOSING)) {
        in.position(in.limit());
        return;
      }
      Http1ClientExchange current = exchanges.peek();
      if (current == null) {
        if (in.hasRemaining()) {
          unasked(in);
        }
        return;
      }
      try {
        goOn = current.read(in);
      } catch (HttpError e) {
        in.position(in.limit());
        fail(e);
        return;
      }
    }
    StreamHandler next = successor;
    if (next != null && in.hasRemaining()) {
      // What came right behind the answer may be more than could be left to come again.
      successor = null;
      next.received(stream, in);
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

  @Override
  public void writable(ByteStream to) {
    deadline.met(ServerDeadline.Waiting.ROOM);
    Http1ClientExchange current = sending;
    if (current != null) {
      current.writable();
    }
  }

  @Override
  public void ended(ByteStream by) {
    flags |= PEER_ENDED;
    inputEnded();
  }

  /** No more bytes will come, and what had come before has been taken. */
  private void inputEnded() {
    Http1ClientExchange current = exchanges.peek();
    if (current == null) {
      close();
    } else if (!current.paused()) {
      try {
        if (intake.endOfInput()) {
          current.read(NOTHING);
        } else {
          lose(lost());
        }
      } catch (HttpError e) {
        fail(e);
      }
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
      deadline.clear();
      stream.close();
      pool.gone(this);
    }
  }

  /** What came, or did not come, leaves no way to go on: the connection is cut. */
  void fail(WeirException why) {
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
    deadline.clear();
    sending = null;
    ResponseHead lent = intake.next();
    List<Http1ClientExchange> lost = List.copyOf(exchanges);
    exchanges.clear();
    pool.gone(this);
    for (Http1ClientExchange exchange : lost) {
      boolean first = exchange == lost.getFirst();
      exchange.leave();
      exchange.attempt.failed(
          why,
          !first || (repeat && !exchange.responseBegun())
              ? Attempt.Repeat.IF_REPEATABLE
              : Attempt.Repeat.NO);
    }
    intake.give(lent);
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
