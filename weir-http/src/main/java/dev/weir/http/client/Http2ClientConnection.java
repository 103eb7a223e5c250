package dev.weir.http.client;

import dev.weir.http.Http2ErrorCode;
import dev.weir.http.HttpVersion;
import dev.weir.http.exchange.Http2Connection;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One HTTP/2 connection of a client (RFC 9113): makes a stream of each attempt. */
final class Http2ClientConnection extends Http2Connection implements ClientConnection {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  private final OriginPool pool;

  /** Other origins whose requests it carries too (RFC 9113 9.1.1). */
  private final List<OriginPool> sharing = new ArrayList<>(0);

  private final HttpClientOptions options;
  private boolean reused;

  /** Whether it takes no further attempts. */
  private boolean leaving;

  Http2ClientConnection(OriginPool pool, ByteStream stream, HttpClientOptions options) {
    super(false, stream, options.http2(), options.limits());
    this.pool = pool;
    this.options = options;
  }

  HttpClientOptions options() {
    return options;
  }

  CallConnection describe() {
    Carrier carrier = stream().carrier();
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
    return !leaving && session().streamCount() == 0;
  }

  @Override
  public boolean takes(Attempt attempt) {
    return !leaving
        && session().mayOpen()
        && (attempt.request.upgrade() == null || session().peerTakesConnect());
  }

  @Override
  public boolean refuses(Attempt attempt) {
    return attempt.request.upgrade() != null
        && session().settingsReceived()
        && !session().peerTakesConnect();
  }

  @Override
  public void begin() {
    start();
    free();
  }

  @Override
  public void send(Attempt attempt) {
    requestBegins();
    new Http2ClientExchange(this, attempt).begin();
  }

  @Override
  public void close() {
    leave();
    session().drain();
  }

  @Override
  protected void leave() {
    if (!leaving) {
      leaving = true;
      pool.gone(this);
      sharing.forEach(other -> other.gone(this));
    }
  }

  // ---- the stream speaks

  @Override
  public void drain(ByteStream by) {
    close();
  }

  // ---- the session speaks

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
      LOG.log(Level.INFO, "{0}: the server goes away: {1} {2}", stream(), code, debug);
    }
    leave();
  }

  // ---- time

  @Override
  protected Duration settingsTime() {
    return options.timeouts().firstByte();
  }

  @Override
  protected Duration idleTime() {
    return options.pool().idleTime();
  }

  @Override
  protected Duration roomTime() {
    return options.timeouts().betweenBytes();
  }

  @Override
  protected void idle() {
    close();
  }

  @Override
  protected WeirException lost() {
    return new CallException(
        CallException.Reason.CONNECTION_LOST,
        "the server closed the connection before its response was complete",
        null);
  }
}
