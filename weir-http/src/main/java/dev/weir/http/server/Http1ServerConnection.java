package dev.weir.http.server;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.coding.CompressionPolicy;
import dev.weir.http.h1.BodyDecoder;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.RequestParser;
import dev.weir.http.h1.ResponseEncoder;
import dev.weir.http.h1.Role;
import dev.weir.http.server.Http1Scratch.Exchange;
import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a server: reads requests one after the other (RFC 9112 9.3.2), each
 * when the response before it has been sent, and gives them to the handler.
 */
final class Http1ServerConnection implements StreamHandler, HttpCarrier, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  /** What the timer waits for. */
  private enum Waiting {
    NOTHING,
    FIRST_BYTE,
    REST_OF_HEAD,
    BODY,
    ROOM
  }

  private static final int HANDLING = 1;
  private static final int KEEP_ALIVE = 1 << 1;
  private static final int CONTINUE_OWED = 1 << 2;
  private static final int CLOSING = 1 << 3;
  private static final int DRAINING = 1 << 4;
  private static final int SWITCHED = 1 << 5;
  private static final int UPGRADABLE = 1 << 6;
  private static final int PEER_ENDED = 1 << 7;

  private final HttpServer server;
  private final ByteStream stream;
  private final Http1Scratch scratch;
  private final Timer timer;
  private Waiting waiting = Waiting.NOTHING;
  private int flags;

  /** The parser of a head that has come in part, or {@code null}. */
  private @Nullable RequestParser parser;

  /** The exchange that is going on, or {@code null}. */
  private @Nullable Exchange exchange;

  /** The rest of its request's body, or {@code null}. */
  private @Nullable BodyDecoder body;

  private int dropped;

  Http1ServerConnection(HttpServer server, ByteStream stream) {
    this.server = server;
    this.stream = stream;
    this.scratch = Http1Scratch.of(stream.loop());
    this.timer = stream.loop().timer(this);
  }

  // ---- the stream speaks

  @Override
  public void opened(ByteStream opened) {
    await(Waiting.FIRST_BYTE, server.timeouts().idle());
  }

  @Override
  public void received(ByteStream from, ByteBuffer in) {
    while (!has(SWITCHED)) {
      Exchange current = exchange;
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
    if (waiting == Waiting.ROOM) {
      await(Waiting.NOTHING, Duration.ZERO);
    }
    Exchange current = exchange;
    if (current == null) {
      stream.resume();
      return;
    }
    if (!current.output.drainOwn(stream)) {
      wantWritable();
      return;
    }
    current.response.writable();
    settle();
  }

  @Override
  public void ended(ByteStream by) {
    flags |= PEER_ENDED;
    flags &= ~KEEP_ALIVE;
    Exchange current = exchange;
    if (current == null) {
      close();
      return;
    }
    BodyDecoder rest = body;
    if (rest != null && !current.response.ended()) {
      try {
        rest.endOfInput();
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
    timer.cancel();
    Exchange current = exchange;
    if (current == null) {
      return;
    }
    exchange = null;
    WeirException why =
        problem != null
            ? problem
            : new StreamException.Reset("http/1.1", -1, "the client closed the connection", null);
    if (body != null) {
      current.request.bodyFailed(why);
    }
    current.response.cut(why);
  }

  // ---- requests

  /** Reads a head and gives the request to the handler; false if the head is not there yet. */
  private boolean begin(ByteBuffer in) {
    Exchange next = scratch.take(this);
    RequestParser heads = parser == null ? scratch.parser(server.limits()) : parser;
    try {
      if (!heads.parse(in, next.head)) {
        scratch.give(next);
        parser = heads;
        if (in.hasRemaining() && waiting != Waiting.REST_OF_HEAD) {
          await(Waiting.REST_OF_HEAD, server.timeouts().head());
        }
        return false;
      }
      parser = null;
      scratch.give(server.limits(), heads);
      body = bodyOf(next);
    } catch (HttpError e) {
      exchange = next;
      in.position(in.limit());
      refuse(next, e);
      return false;
    }
    await(Waiting.NOTHING, Duration.ZERO);
    exchange = next;
    dropped = 0;
    next.response.method(next.head.method());
    set(KEEP_ALIVE, next.head.keepAlive() && !has(DRAINING));
    set(CONTINUE_OWED, next.head.expectContinue());
    set(UPGRADABLE, next.head.upgrade());
    flags |= HANDLING;
    try {
      server.handler().handle(next.request, next.response);
    } catch (Exception | StackOverflowError e) {
      next.response.fail(e);
    }
    flags &= ~HANDLING;
    return true;
  }

  private @Nullable BodyDecoder bodyOf(Exchange next) {
    if (next.head.framing() == BodyFraming.NONE) {
      next.request.bodyEnded(NO_FIELDS);
      return null;
    }
    return BodyDecoder.of(
        Role.SERVER, next.head.framing(), next.head.contentLength(), server.limits());
  }

  /** Gives body bytes to whoever wants them; true when the body is over. */
  private boolean readBody(Exchange current, ByteBuffer in) {
    BodyDecoder rest = body;
    if (rest == null) {
      return true;
    }
    try {
      while (true) {
        switch (rest.decode(in)) {
          case NEED_MORE -> {
            if (current.request.wantsBody()) {
              await(Waiting.BODY, server.timeouts().body());
            }
            return false;
          }
          case END -> {
            body = null;
            if (waiting == Waiting.BODY) {
              await(Waiting.NOTHING, Duration.ZERO);
            }
            Headers trailers = rest.trailers();
            handling(() -> current.request.bodyEnded(trailers), current);
            return true;
          }
          case DATA -> {
            if (!takeBody(current, rest, in)) {
              return false;
            }
          }
        }
      }
    } catch (HttpError e) {
      in.position(in.limit());
      current.request.bodyFailed(e);
      refuse(current, e);
      return false;
    }
  }

  private boolean takeBody(Exchange current, BodyDecoder rest, ByteBuffer in) {
    int there = rest.available();
    int start = in.position();
    if (current.response.ended()) {
      in.position(start + there);
      rest.consumed(there);
      dropped += there;
      if (dropped > HttpServer.DROPPED_BODY_BYTES) {
        flags &= ~KEEP_ALIVE;
        body = null;
        return true;
      }
      return true;
    }
    if (!current.request.wantsBody()) {
      stream.pause();
      return false;
    }
    flags &= ~CONTINUE_OWED;
    int limit = in.limit();
    in.limit(start + there);
    handling(() -> current.request.data(in), current);
    in.limit(limit);
    rest.consumed(in.position() - start);
    if (!current.request.wantsBody() && !current.response.ended()) {
      bodyNotWanted();
      stream.pause();
      return false;
    }
    return !has(SWITCHED);
  }

  /** Runs a callback of the application; what it sets off is looked at when it has returned. */
  private void handling(Runnable callback, Exchange current) {
    flags |= HANDLING;
    try {
      callback.run();
    } catch (RuntimeException e) {
      current.response.fail(e);
    }
    flags &= ~HANDLING;
  }

  /** Ends the exchange if both sides of it are over; then the next request may be read. */
  private boolean finish(Exchange current) {
    if (!current.response.ended() || current.output.owes()) {
      if (has(PEER_ENDED)) {
        return false;
      }
      stream.pause();
      return false;
    }
    exchange = null;
    if (!has(KEEP_ALIVE) || has(DRAINING)) {
      close();
      return false;
    }
    scratch.give(current);
    await(Waiting.FIRST_BYTE, server.timeouts().idle());
    if (stream.reserve(1) == null) {
      // The peer does not take its responses: it does not get to send more requests either.
      stream.pause();
      wantWritable();
      return false;
    }
    return true;
  }

  /** After the response moved on outside of {@link #received}: perhaps the exchange is over. */
  private void settle() {
    Exchange current = exchange;
    if (has(HANDLING | SWITCHED)
        || current == null
        || !current.response.ended()
        || current.output.owes()) {
      return;
    }
    // The rest of the body, or the next request, comes again by received.
    stream.resume();
    if (body == null) {
      exchange = null;
      if (!has(KEEP_ALIVE) || has(DRAINING)) {
        close();
      } else {
        await(Waiting.FIRST_BYTE, server.timeouts().idle());
      }
    }
  }

  /** Answers a request that breaks the rules, and closes (RFC 9112 2.2). */
  private void refuse(Exchange current, HttpError error) {
    LOG.log(Level.INFO, "{0}: {1}", stream, error.getMessage());
    flags &= ~KEEP_ALIVE;
    body = null;
    if (current.response.committed()) {
      stream.reset(-1);
    } else {
      current.response.refuse(error);
      finish(current);
    }
  }

  private void close() {
    flags |= CLOSING;
    timer.cancel();
    stream.close();
  }

  // ---- what the exchange asks for

  @Override
  public Loop loop() {
    return stream.loop();
  }

  @Override
  public Carrier connection() {
    return stream.carrier();
  }

  @Override
  public Headers requestHeaders() {
    Exchange current = exchange;
    return current == null ? NO_FIELDS : current.head.headers();
  }

  @Override
  public @Nullable CompressionPolicy compression() {
    return server.compression();
  }

  @Override
  public boolean upgradable() {
    return has(UPGRADABLE);
  }

  @Override
  public void inform(Status status, Headers headers) {
    Exchange current = exchange;
    if (current != null && current.head.version() != HttpVersion.HTTP_1_0) {
      send(current, status, headers, BodyFraming.NONE, -1);
    }
  }

  @Override
  public void head(Status status, Headers headers, long length, boolean last) {
    Exchange current = exchange;
    if (current == null) {
      return;
    }
    if (has(CONTINUE_OWED)) {
      // RFC 9110 10.1.1: whether the body follows is now anybody's guess.
      flags &= ~KEEP_ALIVE;
      body = null;
    }
    BodyFraming framing =
        ResponseEncoder.framing(current.head.method(), current.head.version(), status, length);
    String connection = headers.get(HeaderName.CONNECTION);
    if (framing == BodyFraming.UNTIL_CLOSE
        || has(DRAINING)
        || (connection != null && connection.equalsIgnoreCase("close"))) {
      flags &= ~KEEP_ALIVE;
    }
    send(current, status, headers, framing, length);
    if (last) {
      settle();
    }
  }

  @Override
  public int write(ByteBuffer bytes) {
    Exchange current = exchange;
    return current == null ? 0 : current.output.write(stream, bytes);
  }

  @Override
  public void end(@Nullable Headers trailers) {
    Exchange current = exchange;
    if (current == null) {
      return;
    }
    if (!current.output.end(stream, trailers == null ? NO_FIELDS : trailers)) {
      wantWritable();
    }
    if (current.output.isShort()) {
      LOG.log(Level.ERROR, "{0}: a response ended before its Content-Length", stream);
      stream.reset(-1);
    }
    settle();
  }

  private void send(
      Exchange current, Status status, Headers headers, BodyFraming framing, long length) {
    Persistence persistence = Persistence.of(current.head.version(), has(KEEP_ALIVE));
    if (!current.output.head(
        stream, status, headers, framing, length, persistence, server.clock())) {
      wantWritable();
    }
  }

  @Override
  public void wantWritable() {
    stream.wantWritable();
    if (stream.hasUnsent()) {
      await(Waiting.ROOM, server.timeouts().send());
    }
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public boolean transfer(FileRegion region, FileRegion.Done done) {
    Exchange current = exchange;
    return current != null && current.output.transfer(stream, region, done);
  }

  @Override
  public void wantBody(boolean wanted) {
    if (!wanted) {
      bodyNotWanted();
      return;
    }
    if (has(CONTINUE_OWED)) {
      flags &= ~CONTINUE_OWED;
      inform(Status.CONTINUE, NO_FIELDS);
    }
    stream.resume();
    if (body != null && !has(HANDLING)) {
      // Bytes that were left come by themselves; but if only the end was left, nothing comes.
      stream.loop().execute(() -> received(stream, ByteBuffer.allocate(0)));
    }
  }

  /** The client is not to blame for what does not come while nobody wants it. */
  private void bodyNotWanted() {
    if (waiting == Waiting.BODY) {
      await(Waiting.NOTHING, Duration.ZERO);
    }
  }

  @Override
  public void switchProtocol(
      Status status, Headers headers, @Nullable String protocol, StreamAcceptor next) {
    Exchange current = exchange;
    if (current == null) {
      return;
    }
    if (protocol != null) {
      headers.set(HeaderName.UPGRADE, protocol).set(HeaderName.CONNECTION, "upgrade");
    }
    send(current, status, headers, BodyFraming.SWITCHED, -1);
    flags |= SWITCHED;
    timer.cancel();
    exchange = null;
    body = null;
    StreamHandler handler = next.accept(stream);
    if (handler == null) {
      stream.close();
      return;
    }
    stream.handler(handler);
    stream.resume();
    handler.opened(stream);
  }

  @Override
  public void abort() {
    stream.reset(-1);
  }

  // ---- time

  private void await(Waiting what, Duration limit) {
    waiting = what;
    if (what == Waiting.NOTHING) {
      timer.cancel();
    } else {
      timer.after(limit);
    }
  }

  /** The peer took too long. */
  @Override
  public void run() {
    Exchange current = exchange;
    switch (waiting) {
      case NOTHING -> {}
      case FIRST_BYTE -> close();
      case REST_OF_HEAD -> {
        Exchange late = scratch.take(this);
        exchange = late;
        refuse(late, late("the head of a request", server.timeouts().head()));
      }
      case BODY -> {
        if (current != null) {
          HttpError late = late("more of a body", server.timeouts().body());
          current.request.bodyFailed(late);
          refuse(current, late);
        }
      }
      case ROOM -> {
        LOG.log(Level.INFO, "{0}: the client does not take its response; cut", stream);
        stream.reset(-1);
      }
    }
  }

  /** RFC 9110 15.5.9. */
  private static HttpError late(String what, Duration limit) {
    return new HttpError(
        Status.REQUEST_TIMEOUT,
        "RFC 9110 15.5.9",
        "nothing",
        what + " within " + limit.toSeconds() + " s",
        "send faster");
  }

  private static final Headers NO_FIELDS = Headers.create();

  private void set(int flag, boolean on) {
    flags = on ? flags | flag : flags & ~flag;
  }

  private boolean has(int any) {
    return (flags & any) != 0;
  }
}
