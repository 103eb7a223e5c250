package dev.weir.http.exchange;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.HttpLimits;
import dev.weir.http.h2.Http2Events;
import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2Output;
import dev.weir.http.h2.Http2Session;
import dev.weir.net.Validity;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection of either side (RFC 9113): runs the session on a byte stream, and waits for
 * the peer no longer than it has to. Its subclasses make exchanges of the session's streams. Loop
 * thread.
 */
public abstract class Http2Connection
    implements StreamHandler, Http2Events, Http2Output, Validity.Peer {

  /** What the peer is waited for. */
  private enum Waiting {
    /** The peer's SETTINGS, and the acknowledgment of ours. */
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

  private final ByteStream stream;
  private final Http2Scratch scratch;
  private final Http2Session session;
  private final HttpLimits messages;
  private final Limit deadline;
  private final Limit room;
  private final Validity validity;
  private boolean closing;

  /**
   * A connection that has said nothing yet.
   *
   * @param limits what the peer may ask of the connection
   * @param messages and of each message on it
   */
  @SuppressWarnings("this-escape") // nobody is told anything before the subclass is there
  protected Http2Connection(
      boolean server, ByteStream stream, Http2Limits limits, HttpLimits messages) {
    this.stream = stream;
    this.messages = messages;
    this.scratch = Http2Scratch.of(stream.loop());
    this.deadline = new Limit();
    this.room = new Limit();
    this.validity = new Validity(stream.loop(), limits.validity(), this);
    int section = messages.headerSectionBytes();
    this.session =
        server
            ? Http2Session.ofServer(limits, section, scratch.literals(), this, this)
            : Http2Session.ofClient(limits, section, scratch.literals(), this, this);
  }

  /** How long the peer's SETTINGS, and the acknowledgment of ours, are waited for. */
  protected abstract Duration settingsTime();

  /** How long a request is waited for, while there is none. */
  protected abstract Duration idleTime();

  /** How long the peer has to take anything more of what it is sent. */
  protected abstract Duration roomTime();

  /** No request was made in {@link #idleTime}. */
  protected abstract void idle();

  /** What has happened if the peer ends the connection without a problem of its own. */
  protected abstract WeirException lost();

  /** Begins no new exchanges: the connection is over, or is going to be. May be called again. */
  protected void leave() {}

  /** The byte stream that it is on. */
  public final ByteStream stream() {
    return stream;
  }

  /** Its session. */
  public final Http2Session session() {
    return session;
  }

  /** What the connections of the loop share. */
  protected final Http2Scratch scratch() {
    return scratch;
  }

  /** Sends the preface, and begins to wait for the peer's. */
  protected final void start() {
    session.start();
    validity.start();
    deadline.await(Waiting.SETTINGS, settingsTime());
  }

  /** An exchange begins. */
  protected final void requestBegins() {
    if (deadline.awaits(Waiting.REQUEST)) {
      deadline.suspend();
    }
  }

  /** Announces that the connection ends when its streams have (RFC 9113 6.8). */
  protected final void announceEnd() {
    session.drain();
    if (!session.isOver()) {
      deadline.await(Waiting.FAREWELL, FAREWELL);
    }
  }

  /** Waits for a request, if there is none, unless something else is waited for before. */
  protected final void awaitRequest() {
    boolean free =
        !deadline.awaits(Waiting.SETTINGS)
            && !deadline.awaits(Waiting.FAREWELL)
            && !deadline.awaits(Waiting.REQUEST);
    if (free && session.streamCount() == 0 && !closing) {
      deadline.await(Waiting.REQUEST, idleTime());
    }
  }

  /** The session is over: closes the connection when what was written has gone. */
  protected final void end() {
    leave();
    if (!closing) {
      stopWaiting();
      stream.close();
    }
  }

  private void stopWaiting() {
    closing = true;
    deadline.clear();
    room.clear();
    validity.stop();
  }

  // ---- the stream speaks

  @Override
  public final void received(ByteStream from, ByteBuffer in) {
    long now = stream.loop().now();
    validity.confirmed(now);
    session.receive(in, now);
    if (deadline.awaits(Waiting.SETTINGS)
        && session.settingsAcknowledged()
        && session.settingsReceived()) {
      deadline.met(Waiting.SETTINGS);
      awaitRequest();
    }
  }

  @Override
  public final void writable(ByteStream to) {
    room.met(Waiting.ROOM);
    session.writable();
  }

  @Override
  public final void closed(ByteStream by, @Nullable WeirException problem) {
    stopWaiting();
    leave();
    session.carrierClosed(problem != null ? problem : lost());
  }

  // ---- the session speaks

  @Override
  public Http2Head head(Http2Head.Kind kind) {
    return new Http2Head(messages.headerCount());
  }

  @Override
  public final void streamError(Http2Error why) {
    LOG.log(Level.INFO, "{0}: {1}", stream, why.getMessage());
  }

  @Override
  public final void pong(long opaque) {
    validity.pong(stream.loop().now());
  }

  @Override
  public final void drained() {
    end();
  }

  @Override
  public final void failed(Http2Error why) {
    LOG.log(Level.INFO, "{0}: {1}", stream, why.getMessage());
    end();
  }

  @Override
  public final @Nullable ByteBuffer reserve(int min) {
    return stream.reserve(min);
  }

  @Override
  public final void wantWritable() {
    stream.wantWritable();
    if (stream.hasUnsent() && !room.awaits(Waiting.ROOM)) {
      room.await(Waiting.ROOM, roomTime());
    }
  }

  @Override
  public final void wantDelivery() {
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
      Http2Connection.this.late(missed);
    }
  }

  @Override
  public final void ping() {
    session.ping(0);
  }

  @Override
  public final void hangUp() {
    LOG.log(Level.INFO, "{0}: the peer gives no sign of life; cut", stream);
    stream.reset(-1);
  }

  private void late(Waiting what) {
    switch (what) {
      case SETTINGS ->
          session.fail(
              Http2Error.ofConnection(
                  Http2ErrorCode.SETTINGS_TIMEOUT,
                  "RFC 9113 6.5.3",
                  "no SETTINGS, or no acknowledgment of ours, within " + settingsTime()));
      case REQUEST -> idle();
      case FAREWELL -> session.drainAnnounced();
      case ROOM -> {
        LOG.log(Level.INFO, "{0}: the peer does not take what it is sent; cut", stream);
        stream.reset(-1);
      }
    }
  }
}
