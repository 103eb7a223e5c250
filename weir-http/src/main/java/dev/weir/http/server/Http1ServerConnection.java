package dev.weir.http.server;

import dev.weir.http.HttpError;
import dev.weir.http.h1.RequestParser;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a server: reads requests one after the other (RFC 9112 9.3.2), each
 * when the response before it has been sent, and lends each an exchange.
 */
final class Http1ServerConnection implements StreamHandler {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final int CLOSING = 1;
  private static final int DRAINING = 1 << 1;
  private static final int SWITCHED = 1 << 2;
  private static final int PEER_ENDED = 1 << 3;
  private static final int PROCEEDING = 1 << 4;
  private static final int FRESH = 1 << 5;

  private final HttpServer server;
  private final ByteStream stream;
  private final Http1Scratch scratch;
  private final ClientDeadline deadline;
  private int flags = FRESH;

  /** The parser of a head that has come in part, or {@code null}. */
  private @Nullable RequestParser parser;

  /** The exchange that is going on, or {@code null}. */
  private @Nullable Http1ServerExchange exchange;

  Http1ServerConnection(HttpServer server, ByteStream stream) {
    this.server = server;
    this.stream = stream;
    this.scratch = Http1Scratch.of(stream.loop());
    this.deadline = new ClientDeadline(this);
  }

  HttpServer server() {
    return server;
  }

  ByteStream stream() {
    return stream;
  }

  // ---- the stream speaks

  @Override
  public void opened(ByteStream opened) {
    if (Http2Switch.isAgreed(stream)) {
      become(new Http2ServerConnection(server, stream));
      return;
    }
    deadline.awaitRequest();
  }

  @Override
  public void received(ByteStream from, ByteBuffer in) {
    while (!has(SWITCHED)) {
      Http1ServerExchange current = exchange;
      if (current == null) {
        if (has(CLOSING)) {
          in.position(in.limit());
          return;
        }
        if (!in.hasRemaining() || !begin(in)) {
          return;
        }
      } else if (!readBody(current, in) || !finish(current)) {
        return;
      }
    }
  }

  @Override
  public void writable(ByteStream to) {
    Http1ServerExchange current = exchange;
    if (current == null) {
      stream.resume();
      deadline.awaitRequest();
    } else if (deadline.hasRoom(current)) {
      deadline.awaitBody(current);
      current.writable();
    }
  }

  @Override
  public void ended(ByteStream by) {
    flags |= PEER_ENDED;
    Http1ServerExchange current = exchange;
    if (current == null) {
      close();
      return;
    }
    current.last();
    if (!current.response.ended()) {
      try {
        current.intake.endOfInput();
      } catch (HttpError e) {
        current.request.bodyFailed(e);
        refuse(current, e);
      }
    }
  }

  @Override
  public void drain(ByteStream by) {
    flags |= DRAINING;
    if (exchange == null) {
      close();
    }
  }

  @Override
  public void closed(ByteStream by, @Nullable WeirException problem) {
    deadline.clear();
    Http1ServerExchange current = exchange;
    if (current != null) {
      exchange = null;
      current.cut(
          problem != null
              ? problem
              : new StreamException.Reset(
                  "http/1.1", -1, "the client closed the connection", null));
    }
  }

  // ---- requests, one after the other

  /** Reads a head and gives the request to the handler; false if the head is not there yet. */
  private boolean begin(ByteBuffer in) {
    if (has(FRESH) && Http2Switch.isPreface(stream, in)) {
      Http2ServerConnection http2 = new Http2ServerConnection(server, stream);
      become(http2);
      http2.received(stream, in);
      return false;
    }
    Http1ServerExchange next = scratch.take(this);
    RequestParser heads = parser == null ? scratch.takeParser(server.limits()) : parser;
    try {
      if (!heads.parse(in, next.head)) {
        scratch.give(next);
        parser = heads;
        if (in.hasRemaining()) {
          deadline.awaitHead();
        }
        return false;
      }
      parser = null;
      scratch.give(heads);
      next.intake.begin(next.head, server.limits());
    } catch (HttpError e) {
      exchange = next;
      in.position(in.limit());
      refuse(next, e);
      return false;
    }
    deadline.suspend();
    flags &= ~FRESH;
    ByteBuffer settings = Http2Switch.offered(stream, next.head);
    if (settings != null) {
      next.agreeToUpgrade();
      Http2ServerConnection http2 = new Http2ServerConnection(server, stream);
      become(http2);
      http2.upgraded(next.head, settings);
      scratch.give(next);
      http2.received(stream, in);
      return false;
    }
    exchange = next;
    next.handle();
    return true;
  }

  /** Hands the connection to HTTP/2. */
  private void become(Http2ServerConnection http2) {
    flags |= SWITCHED;
    deadline.clear();
    stream.handler(http2);
    http2.opened(stream);
  }

  /** Gives body bytes to whoever wants them; true when the body is over. */
  private boolean readBody(Http1ServerExchange current, ByteBuffer in) {
    RequestIntake.Outcome outcome;
    try {
      outcome = current.read(in);
    } catch (HttpError e) {
      in.position(in.limit());
      current.request.bodyFailed(e);
      refuse(current, e);
      return false;
    }
    if (outcome == RequestIntake.Outcome.NEED_MORE) {
      deadline.awaitBody(current);
      return false;
    }
    // The client is not to blame for what does not come while nobody wants it.
    deadline.bodyNotWanted(current);
    if (outcome == RequestIntake.Outcome.NOT_WANTED) {
      stream.pause();
      return false;
    }
    return true;
  }

  /** Ends the exchange if both sides of it are over; then the next request may be read. */
  private boolean finish(Http1ServerExchange current) {
    if (has(SWITCHED)) {
      return false;
    }
    if (!current.answered()) {
      if (!has(PEER_ENDED)) {
        stream.pause();
      }
      return false;
    }
    if (!goOn(current)) {
      return false;
    }
    if (current.isFree()) {
      scratch.give(current);
    }
    if (stream.reserve(1) == null) {
      // The client does not take its responses: it does not get to send more requests either.
      stream.pause();
      stream.wantWritable();
      deadline.awaitRoom();
      return false;
    }
    return true;
  }

  /** After a response moved on outside of {@link #received}: perhaps the exchange is over. */
  void settle(Http1ServerExchange current) {
    if (current != exchange || current.isHandling() || !current.answered()) {
      return;
    }
    // The rest of the body, or the next request, comes again by received.
    stream.resume();
    if (current.intake.over()) {
      goOn(current);
    }
  }

  /** Leaves an exchange that is over; false if the connection ends with it. */
  private boolean goOn(Http1ServerExchange done) {
    exchange = null;
    done.leave();
    if (!done.keepAlive() || has(DRAINING)) {
      close();
      return false;
    }
    deadline.awaitRequest();
    return true;
  }

  /** Answers a request that breaks the rules, and closes (RFC 9112 2.2). */
  private void refuse(Http1ServerExchange current, HttpError error) {
    LOG.log(Level.INFO, "{0}: {1}", stream, error.getMessage());
    current.last();
    current.intake.stop();
    if (current.response.committed()) {
      stream.reset(-1);
    } else {
      current.response.refuse(error);
      finish(current);
    }
  }

  void close() {
    flags |= CLOSING;
    deadline.clear();
    stream.close();
  }

  // ---- what its exchange asks for

  ClientDeadline deadline() {
    return deadline;
  }

  boolean isDraining() {
    return has(DRAINING);
  }

  void wantWritable(Http1ServerExchange current) {
    stream.wantWritable();
    deadline.awaitRoom(current);
  }

  void wantBody(Http1ServerExchange current, boolean wanted) {
    if (!wanted) {
      deadline.bodyNotWanted(current);
      return;
    }
    stream.resume();
    if (!current.intake.over() && !current.isHandling() && !has(PROCEEDING)) {
      // Bytes that were left come by themselves; but if only the end was left, nothing comes.
      flags |= PROCEEDING;
      stream.loop().execute(this::proceed);
    }
  }

  private void proceed() {
    flags &= ~PROCEEDING;
    received(stream, NOTHING);
  }

  /** Gives the stream to another protocol. */
  void switchTo(StreamAcceptor next) {
    flags |= SWITCHED;
    deadline.clear();
    Http1ServerExchange last = exchange;
    if (last != null) {
      exchange = null;
      last.leave();
    }
    StreamHandler handler = next.accept(stream);
    if (handler == null) {
      stream.close();
      return;
    }
    stream.handler(handler);
    stream.resume();
    handler.opened(stream);
  }

  // ---- the client was too slow

  /** The head did not come as a whole. */
  void headLate(HttpError late) {
    Http1ServerExchange never = scratch.take(this);
    exchange = never;
    refuse(never, late);
  }

  /** No more of the body came. */
  void bodyLate(HttpError late) {
    Http1ServerExchange current = exchange;
    if (current != null) {
      current.request.bodyFailed(late);
      refuse(current, late);
    }
  }

  /** No room came for what waits for the client. */
  void roomLate() {
    Http1ServerExchange current = exchange;
    if (current == null) {
      stream.reset(-1);
    } else {
      deadline.roomLate(current);
    }
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
