package dev.weir.http.client;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.HttpVersion;
import dev.weir.http.exchange.Deadline;
import dev.weir.http.exchange.Http2Scratch;
import dev.weir.http.h2.Http2Events;
import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2Output;
import dev.weir.http.h2.Http2Session;
import dev.weir.net.Validity;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of a client (RFC 9113): runs the session on a byte stream, and makes a
 * stream of each attempt.
 */
final class Http2ClientConnection
    implements ClientConnection, Http2Events, Http2Output, Validity.Peer {

  /** What is waited for. */
  enum Waiting {
    /** The server's SETTINGS, and the acknowledgment of ours. */
    SETTINGS,
    /** A request, for as long as the pool keeps an idle connection. */
    REQUEST,
    /** Room in the carrier. */
    ROOM
  }

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  private final OriginPool pool;

  /** Other origins whose requests it carries too (RFC 9113 9.1.1). */
  private final List<OriginPool> sharing = new ArrayList<>(0);

  private final ByteStream stream;
  private final HttpClientOptions options;
  private final Http2Session session;
  private final Limit deadline;
  private final Limit room;
  private final Validity validity;
  private boolean reused;

  /** Whether it takes no further attempts. */
  private boolean leaving;

  private boolean closing;

  Http2ClientConnection(OriginPool pool, ByteStream stream, HttpClientOptions options) {
    this.pool = pool;
    this.stream = stream;
    this.options = options;
    this.deadline = new Limit();
    this.room = new Limit();
    this.validity = new Validity(stream.loop(), options.http2().validity(), this);
    this.session =
        Http2Session.ofClient(
            options.http2(),
            options.limits().headerSectionBytes(),
            Http2Scratch.of(stream.loop()).literals(),
            this,
            this);
  }

  ByteStream stream() {
    return stream;
  }

  Http2Session session() {
    return session;
  }

  HttpClientOptions options() {
    return options;
  }

  CallConnection describe() {
    Carrier carrier = stream.carrier();
    return new CallConnection(
        carrier.id(), HttpVersion.HTTP_2, carrier.remote(), carrier.tls(), reused);
  }

  /** Whether it has carried an exchange to its end. */
  boolean isReused() {
    return reused;
  }

  /** An exchange has come to its end. */
  void carried() {
    reused = true;
  }

  // ---- the pool speaks

  @Override
  public boolean isMultiplexed() {
    return true;
  }

  @Override
  public boolean isOf(OriginPool origin) {
    return origin == pool;
  }

  /** Carries another origin's requests too. */
  void shareWith(OriginPool other) {
    sharing.add(other);
  }

  /** Whether it takes no further attempts. */
  boolean isLeaving() {
    return leaving;
  }

  private void free() {
    pool.free(this);
    for (OriginPool other : List.copyOf(sharing)) {
      other.free(this);
    }
  }

  @Override
  public boolean isIdle() {
    return !leaving && session.streamCount() == 0;
  }

  @Override
  public boolean takes(Attempt attempt) {
    return !leaving
        && session.mayOpen()
        && (attempt.request.upgrade() == null || session.peerTakesConnect());
  }

  @Override
  public boolean refuses(Attempt attempt) {
    return attempt.request.upgrade() != null
        && session.settingsReceived()
        && !session.peerTakesConnect();
  }

  @Override
  public void begin() {
    session.start();
    validity.start();
    deadline.await(Waiting.SETTINGS, options.timeouts().firstByte());
    free();
  }

  @Override
  public void send(Attempt attempt) {
    deadline.met(Waiting.REQUEST);
    new Http2ClientExchange(this, attempt).begin();
  }

  @Override
  public void close() {
    leave();
    session.drain();
  }

  private void leave() {
    if (!leaving) {
      leaving = true;
      pool.gone(this);
      sharing.forEach(other -> other.gone(this));
    }
  }

  private void end() {
    leave();
    if (!closing) {
      closing = true;
      deadline.clear();
      room.clear();
      validity.stop();
      stream.close();
    }
  }

  // ---- the stream speaks

  @Override
  public void received(ByteStream from, ByteBuffer in) {
    long now = stream.loop().now();
    validity.confirmed(now);
    session.receive(in, now);
    if (session.settingsAcknowledged() && session.settingsReceived()) {
      deadline.met(Waiting.SETTINGS);
      awaitRequest();
    }
  }

  private void awaitRequest() {
    if (session.streamCount() == 0 && !closing && !deadline.awaits(Waiting.SETTINGS)) {
      if (!deadline.awaits(Waiting.REQUEST)) {
        deadline.await(Waiting.REQUEST, options.pool().idleTime());
      }
    }
  }

  @Override
  public void writable(ByteStream to) {
    room.met(Waiting.ROOM);
    session.writable();
  }

  @Override
  public void drain(ByteStream by) {
    close();
  }

  @Override
  public void closed(ByteStream by, @Nullable WeirException problem) {
    closing = true;
    deadline.clear();
    room.clear();
    validity.stop();
    leave();
    session.carrierClosed(problem != null ? problem : lost());
  }

  private static WeirException lost() {
    return new CallException(
        CallException.Reason.CONNECTION_LOST,
        "the server closed the connection before its response was complete",
        null);
  }

  // ---- the session speaks

  @Override
  public Http2Head head() {
    return new Http2Head(options.limits().headerCount());
  }

  @Override
  public void settings() {
    free();
  }

  @Override
  public void streamClosed() {
    awaitRequest();
    if (!leaving) {
      free();
    }
  }

  @Override
  public void goAway(int lastStreamId, Http2ErrorCode code, String debug) {
    if (code != Http2ErrorCode.NO_ERROR) {
      LOG.log(Level.INFO, "{0}: the server goes away: {1} {2}", stream, code, debug);
    }
    leave();
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
    end();
  }

  @Override
  public void failed(Http2Error why) {
    LOG.log(Level.INFO, "{0}: {1}", stream, why.getMessage());
    end();
  }

  @Override
  public @Nullable ByteBuffer reserve(int min) {
    return stream.reserve(min);
  }

  @Override
  public void wantWritable() {
    stream.wantWritable();
    if (stream.hasUnsent() && !room.awaits(Waiting.ROOM)) {
      room.await(Waiting.ROOM, options.timeouts().betweenBytes());
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
      Http2ClientConnection.this.late(missed);
    }
  }

  @Override
  public void ping() {
    session.ping(0);
  }

  @Override
  public void hangUp() {
    LOG.log(Level.INFO, "{0}: the server gives no sign of life; cut", stream);
    stream.reset(-1);
  }

  private void late(Waiting what) {
    switch (what) {
      case SETTINGS ->
          session.fail(
              Http2Error.ofConnection(
                  Http2ErrorCode.SETTINGS_TIMEOUT,
                  "RFC 9113 6.5.3",
                  "no SETTINGS, or no acknowledgment of ours, within "
                      + options.timeouts().firstByte()));
      case REQUEST -> close();
      case ROOM -> stream.reset(-1);
    }
  }
}
