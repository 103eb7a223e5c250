package dev.weir.http.server;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.HttpRequestHead;
import dev.weir.http.exchange.Deadline;
import dev.weir.http.exchange.Http2Scratch;
import dev.weir.http.h2.Http2Events;
import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2Output;
import dev.weir.http.h2.Http2Session;
import dev.weir.http.h2.Http2Stream;
import dev.weir.net.Validity;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of a server (RFC 9113): runs the session on a byte stream, and makes an
 * exchange of each stream that the client opens.
 */
final class Http2ServerConnection
    implements StreamHandler, Http2Events, Http2Output, Validity.Peer {

  /** What the client is waited for. */
  enum Waiting {
    /** The acknowledgment of our SETTINGS. */
    SETTINGS,
    /** A request, while there is none. */
    REQUEST,
    /** The acknowledgment of our first GOAWAY. */
    FAREWELL,
    /** Room in the carrier. */
    ROOM
  }

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  /** How long a client has to hear that the connection is going to end (RFC 9113 6.8). */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final HttpServer server;
  private final ByteStream stream;
  private final Http2Scratch scratch;
  private final Http2Session session;
  private final Limit deadline;
  private final Limit room;
  private final Validity validity;
  private boolean peerEnded;
  private boolean closing;

  Http2ServerConnection(HttpServer server, ByteStream stream) {
    this.server = server;
    this.stream = stream;
    this.scratch = Http2Scratch.of(stream.loop());
    this.deadline = new Limit();
    this.room = new Limit();
    this.validity = new Validity(stream.loop(), server.http2().validity(), this);
    this.session =
        Http2Session.ofServer(
            server.http2(), server.limits().headerSectionBytes(), scratch.literals(), this, this);
  }

  HttpServer server() {
    return server;
  }

  ByteStream stream() {
    return stream;
  }

  Http2Session session() {
    return session;
  }

  /** The text for Date (RFC 9110 6.6.1). */
  String date() {
    return scratch.date(stream.loop(), server.clock());
  }

  /** Answers the request that the connection was upgraded with (RFC 7540 3.2). */
  void upgraded(HttpRequestHead request, ByteBuffer settings) {
    session.upgraded(head().upgraded(request), settings);
  }

  // ---- the stream speaks

  @Override
  public void opened(ByteStream opened) {
    session.start();
    validity.start();
    deadline.await(Waiting.SETTINGS, server.timeouts().head());
  }

  @Override
  public void received(ByteStream from, ByteBuffer in) {
    long now = stream.loop().now();
    validity.confirmed(now);
    session.receive(in, now);
    if (session.settingsAcknowledged() && deadline.awaits(Waiting.SETTINGS)) {
      deadline.met(Waiting.SETTINGS);
      awaitRequest();
    }
  }

  @Override
  public void writable(ByteStream to) {
    room.met(Waiting.ROOM);
    session.writable();
  }

  /** No WINDOW_UPDATE can come any more; what fits into the windows still goes out. */
  @Override
  public void ended(ByteStream by) {
    peerEnded = true;
    if (session.streamCount() == 0) {
      close();
    }
  }

  @Override
  public void drain(ByteStream by) {
    session.drain();
    if (!session.isOver()) {
      deadline.await(Waiting.FAREWELL, FAREWELL);
    }
  }

  @Override
  public void closed(ByteStream by, @Nullable WeirException problem) {
    closing = true;
    deadline.clear();
    room.clear();
    validity.stop();
    session.carrierClosed(
        problem != null
            ? problem
            : new StreamException.Reset("http/2", -1, "the client closed the connection", null));
  }

  private void close() {
    if (!closing) {
      closing = true;
      deadline.clear();
      room.clear();
      validity.stop();
      stream.close();
    }
  }

  // ---- the session speaks

  @Override
  public Http2Head head() {
    return new Http2Head(server.limits().headerCount());
  }

  @Override
  public void request(Http2Stream opened, Http2Head head) {
    deadline.met(Waiting.REQUEST);
    new Http2ServerExchange(this, opened, head).handle();
  }

  @Override
  public void streamClosed() {
    if (session.streamCount() > 0 || session.isOver()) {
      return;
    }
    if (peerEnded) {
      close();
    } else {
      awaitRequest();
    }
  }

  private void awaitRequest() {
    if (session.streamCount() == 0 && session.settingsAcknowledged() && !closing) {
      deadline.await(Waiting.REQUEST, server.timeouts().idle());
    }
  }

  @Override
  public void streamError(Http2Error why) {
    LOG.log(Level.INFO, "{0}: {1}", stream, why.getMessage());
  }

  @Override
  public void pong(long opaque) {
    validity.pong(stream.loop().now());
  }

  @Override
  public void drained() {
    close();
  }

  @Override
  public void failed(Http2Error why) {
    LOG.log(Level.INFO, "{0}: {1}", stream, why.getMessage());
    close();
  }

  @Override
  public @Nullable ByteBuffer reserve(int min) {
    return stream.reserve(min);
  }

  @Override
  public void wantWritable() {
    stream.wantWritable();
    if (stream.hasUnsent() && !room.awaits(Waiting.ROOM)) {
      room.await(Waiting.ROOM, server.timeouts().send());
    }
  }

  @Override
  public void wantDelivery() {
    stream.loop().execute(session::deliver);
  }

  // ---- time

  /** On one thing, of several that are waited for at a time. */
  private final class Limit extends Deadline<Waiting> {
    Limit() {
      super(stream.loop());
    }

    @Override
    protected void late(Waiting missed) {
      Http2ServerConnection.this.late(missed);
    }
  }

  @Override
  public void ping() {
    session.ping(0);
  }

  @Override
  public void hangUp() {
    LOG.log(Level.INFO, "{0}: the client gives no sign of life; cut", stream);
    stream.reset(-1);
  }

  private void late(Waiting what) {
    switch (what) {
      case SETTINGS ->
          session.fail(
              Http2Error.ofConnection(
                  Http2ErrorCode.SETTINGS_TIMEOUT,
                  "RFC 9113 6.5.3",
                  "SETTINGS were not acknowledged within " + server.timeouts().head()));
      case REQUEST -> {
        session.drain();
        session.drainAnnounced();
      }
      case FAREWELL -> session.drainAnnounced();
      case ROOM -> {
        LOG.log(Level.INFO, "{0}: the client does not take what it is sent; cut", stream);
        stream.reset(-1);
      }
    }
  }
}
