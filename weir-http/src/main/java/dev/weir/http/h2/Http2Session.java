package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.COMPRESSION_ERROR;

import dev.weir.http.Headers;
import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.Status;
import dev.weir.http.hpack.CompressionException;
import dev.weir.http.hpack.HpackDecoder;
import dev.weir.http.hpack.StringLiterals;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection without its I/O (RFC 9113), of a client or a server: bytes and the time go
 * in by {@link #receive}; events come out by {@link Http2Events} and {@link Http2StreamHandler};
 * frames leave by {@link Http2Output}, gathered in one write a turn, however many streams they are
 * of.
 *
 * <p>It holds the parts together: {@link FrameReader} finds frames, {@link IncomingFrames} knows
 * what each means, {@link Streams} which there are, {@link SendFlow} and {@link ReceiveFlow} move
 * DATA, {@link SectionWriter} and {@link Http2Head} are about fields, {@link SettingsExchange}
 * about SETTINGS, {@link ErrorHandling} about errors, {@link Farewell} about the end. Loop thread.
 */
public final class Http2Session {
  final Pings pings;
  final Streams streams;
  final SendFlow sending;
  final ReceiveFlow receiving;
  final Farewell farewell;

  private final boolean server;
  private final Http2Limits limits;
  private final int headerListLimit;
  private final Http2Events events;
  private final Outgoing out;
  private final FrameReader reader;
  private final HpackDecoder decoder;
  private final SectionWriter sections;
  private final SettingsExchange settings;
  private final ErrorHandling errors;

  private long now;

  /** The client's, until it was read; {@code null} on a client. */
  private @Nullable Preface preface;

  /** The request that the connection was upgraded with, until it is stream 1. */
  private @Nullable Http2Head upgraded;

  private boolean over;

  private Http2Session(
      boolean server,
      Http2Limits limits,
      int headerListLimit,
      StringLiterals literals,
      Http2Events events,
      Http2Output output) {
    this.server = server;
    this.limits = limits;
    this.headerListLimit = headerListLimit;
    this.events = events;
    this.out = new Outgoing(output, limits.queuedControlBytes());
    this.pings = new Pings(out);
    this.streams = new Streams(server);
    this.sending = new SendFlow(out);
    this.receiving = new ReceiveFlow(limits, out, pings);
    this.farewell = new Farewell(server, out, pings);
    this.decoder = new HpackDecoder(literals);
    this.sections = new SectionWriter(out);
    this.settings =
        new SettingsExchange(server, limits, headerListLimit, streams, sending, sections);
    this.errors = new ErrorHandling(this, limits, out, events);
    this.reader =
        new FrameReader(
            new IncomingFrames(this, server, limits, out),
            limits.headerBlockBytes(),
            limits.continuations());
    this.preface = server ? new Preface() : null;
  }

  /**
   * A server's session; {@link #start} comes next.
   *
   * @param headerListLimit bytes of a field section, as RFC 9113 6.5.2 counts them
   * @param literals the loop's
   */
  public static Http2Session ofServer(
      Http2Limits limits,
      int headerListLimit,
      StringLiterals literals,
      Http2Events events,
      Http2Output output) {
    return new Http2Session(true, limits, headerListLimit, literals, events, output);
  }

  /** As {@link #ofServer}, of a client. */
  public static Http2Session ofClient(
      Http2Limits limits,
      int headerListLimit,
      StringLiterals literals,
      Http2Events events,
      Http2Output output) {
    return new Http2Session(false, limits, headerListLimit, literals, events, output);
  }

  /** Sends the connection preface (RFC 9113 3.4). */
  public void start() {
    if (!server) {
      Preface.write(out);
    }
    settings.announce(out);
    receiving.start();
  }

  // ---- the carrier

  /**
   * Takes what has come, but for a frame that is not there as a whole; that comes again with what
   * follows it.
   *
   * @param at the time, in nanoseconds
   */
  public void receive(ByteBuffer in, long at) {
    now = at;
    while (!over) {
      try {
        var begins = preface;
        if (begins != null ? !readPreface(begins, in) : !reader.read(in)) {
          return;
        }
      } catch (Http2Error e) {
        errors.handle(e);
      }
    }
    in.position(in.limit());
  }

  private boolean readPreface(Preface begins, ByteBuffer in) {
    if (!begins.read(in)) {
      return false;
    }
    preface = null;
    var first = upgraded;
    if (first != null) {
      upgraded = null;
      streams.peerOpens(1);
      peerOpens(1, first, true);
    }
    return true;
  }

  /** The carrier has room for frames. */
  public void writable() {
    sending.writable();
  }

  /** Answers {@link Http2Output#wantDelivery}. */
  public void deliver() {
    receiving.deliver();
  }

  /**
   * Nothing more comes: the streams on which the peer has not ended its direction end with that.
   */
  public void inputEnded(WeirException why) {
    streams.forEach(stream -> {
      if (!stream.peerHasEnded()) {
        ends(stream, why, false);
      }
    });
  }

  /** The carrier is gone: all streams end with that. */
  public void carrierClosed(WeirException why) {
    over = true;
    receiving.close();
    failAll(why);
  }

  // ---- errors

  /** Breaks the connection off (RFC 9113 5.4.1). */
  public void fail(Http2Error why) {
    if (over) {
      return;
    }
    over = true;
    errors.goAway(why);
    receiving.close();
    failAll(why);
    events.failed(why);
  }

  private void failAll(WeirException why) {
    streams.forEach(stream -> ends(stream, why, false));
  }

  // ---- streams

  /** Whether another stream may be opened from this side now (RFC 9113 5.1.2, 6.8). */
  public boolean mayOpen() {
    return !over
        && farewell.allowsRequests()
        && streams.hasNext()
        && streams.count() < settings.peer().maxConcurrentStreams();
  }

  /**
   * Opens a stream with a request (RFC 9113 8.3.1).
   *
   * @throws IllegalStateException unless {@link #mayOpen}
   */
  public Http2Stream request(Http2RequestHead head, boolean end) {
    if (!mayOpen()) {
      throw new IllegalStateException("no stream may be opened now");
    }
    var stream =
        new Http2Stream(
            this,
            streams.takeNext(),
            head.method(),
            settings.peer().initialWindow(),
            limits.streamWindow());
    streams.add(stream);
    sections.request(stream.id(), head, end);
    if (end) {
      weEnd(stream);
    }
    return stream;
  }

  void peerOpens(int id, Http2Head head, boolean endStream) {
    var stream =
        new Http2Stream(
            this, id, head.method(), settings.peer().initialWindow(), limits.streamWindow());
    var said = head.priority();
    if (said != null) {
      stream.priority(said);
    }
    streams.add(stream);
    stream.finalHead(head.declaredLength());
    if (endStream) {
      stream.endsByHead();
    }
    events.request(stream, head);
    if (endStream) {
      stream.tellEnd(null);
    }
  }

  /**
   * Takes the request that an HTTP/1.1 connection was upgraded with (RFC 7540 3.2), which the
   * client has ended. It becomes stream 1 when the client's preface has come: what would be sent
   * before that reaches curl together with the 101, and is more than it takes there.
   *
   * @param pairs the value of HTTP2-Settings, which counts as SETTINGS (RFC 7540 3.2.1)
   */
  public void upgraded(Http2Head head, ByteBuffer pairs) {
    try {
      settings.apply(pairs);
    } catch (Http2Error e) {
      fail(e);
      return;
    }
    upgraded = head;
  }

  Http2Head decode(ByteBuffer block, Http2Head.Kind kind, boolean endStream) {
    var head = events.head(kind);
    head.begin(kind, endStream);
    try {
      head.decoded(decoder.decode(block, headerListLimit, head));
    } catch (CompressionException e) {
      throw Http2Error.ofConnection(COMPRESSION_ERROR, e.section(), String.valueOf(e.getMessage()));
    }
    return head;
  }

  void peerEnds(Http2Stream stream, @Nullable Headers trailers) {
    stream.peerEnds(trailers);
    removeIfClosed(stream);
  }

  private void weEnd(Http2Stream stream) {
    stream.weEnd();
    removeIfClosed(stream);
  }

  private void removeIfClosed(Http2Stream stream) {
    if (stream.isClosed() && streams.get(stream.id()) == stream) {
      remove(stream);
    }
  }

  /** A stream ends before its time, unless it has ended. */
  void ends(Http2Stream stream, WeirException why, boolean unprocessed) {
    if (!stream.isClosed()) {
      remove(stream);
      stream.fail(why, unprocessed);
    }
  }

  /** The server has answered and wants no more of the request (RFC 9113 8.1). */
  void restUnwanted(Http2Stream stream) {
    remove(stream);
  }

  private void remove(Http2Stream stream) {
    stream.close();
    sending.remove(stream);
    streams.remove(stream);
    events.streamClosed();
    checkComplete();
  }

  /** Resets a stream of which nothing more is wanted (RFC 9113 6.4). */
  void reset(Http2Stream stream, Http2ErrorCode code) {
    if (!over && !stream.isClosed()) {
      streams.reset(stream.id());
      FrameWriter.reset(out.frame(FrameType.HEADER_BYTES + 4), stream.id(), code.code());
      remove(stream);
    }
    stream.drop();
  }

  // ---- what streams send

  void respond(
      Http2Stream stream,
      Status status,
      Headers fields,
      long length,
      @Nullable String date,
      boolean end) {
    if (!over) {
      sections.response(stream.id(), status, fields, length, date, end);
      if (end) {
        weEnd(stream);
      }
    }
  }

  int data(Http2Stream stream, ByteBuffer bytes, boolean last) {
    int before = bytes.remaining();
    if (!over && sending.data(stream, bytes, last)) {
      weEnd(stream);
    }
    return before - bytes.remaining();
  }

  int data(Http2Stream stream, byte[] bytes, boolean last) {
    if (over || !sending.piece(stream, bytes, last)) {
      return data(stream, ByteBuffer.wrap(bytes), last);
    }
    if (last) {
      weEnd(stream);
    }
    return bytes.length;
  }

  void end(Http2Stream stream, Headers trailers) {
    if (over) {
      return;
    }
    if (trailers.isEmpty()) {
      FrameWriter.header(
          out.frame(FrameType.HEADER_BYTES), 0, FrameType.DATA, FrameType.END_STREAM, stream.id());
    } else {
      sections.trailers(stream.id(), trailers);
    }
    weEnd(stream);
  }

  // ---- the connection

  void peerSettings(ByteBuffer pairs) {
    settings.receive(pairs);
    FrameWriter.settingsAcknowledged(out.answer(FrameType.HEADER_BYTES));
    events.settings();
  }

  void settingsAreAcknowledged() {
    settings.acknowledged();
    decoder.maxTableSize(limits.headerTableBytes());
  }

  /** Asks the peer for a sign of life (RFC 9113 6.7); {@code opaque} is not negative. */
  public void ping(long opaque) {
    if (!over) {
      pings.send(opaque);
    }
  }

  void pong(long opaque) {
    if (opaque == ReceiveFlow.PROBE) {
      receiving.probed();
    } else if (opaque == Farewell.PING) {
      drainAnnounced();
    } else {
      events.pong(opaque);
    }
  }

  /** Ends the connection in order (RFC 9113 6.8): streams that have begun go on. */
  public void drain() {
    if (!over && !farewell.hasBegun()) {
      farewell.begin();
      streams.forEach(Http2Stream::drain);
      checkComplete();
    }
  }

  /** The client has heard of the end, or has had the time to. */
  public void drainAnnounced() {
    if (!over) {
      farewell.heard(streams.lastPeer());
      checkComplete();
    }
  }

  void peerGoesAway(int lastStream, Http2ErrorCode code, String debug) {
    farewell.peerBegins(lastStream);
    events.goAway(lastStream, code, debug);
    streams.forEach(stream -> {
      if (!streams.isPeers(stream.id()) && stream.id() > lastStream) {
        var why =
            Http2Error.ofStream(
                stream.id(), code, "RFC 9113 6.8", "the peer goes away and has not done it");
        ends(stream, why, true);
      }
    });
    checkComplete();
  }

  private void checkComplete() {
    if (!over && streams.count() == 0 && upgraded == null && farewell.isComplete()) {
      over = true;
      events.drained();
    }
  }

  long now() {
    return now;
  }

  /** Whether the peer has acknowledged our SETTINGS (RFC 9113 6.5.3). */
  public boolean settingsAcknowledged() {
    return settings.areAcknowledged();
  }

  /** Whether the peer's first SETTINGS have come. */
  public boolean settingsReceived() {
    return settings.areReceived();
  }

  /** Whether the peer, a server, takes extended CONNECT (RFC 8441 3). */
  public boolean peerTakesConnect() {
    return settings.peer().connectProtocol();
  }

  /** How many bytes, of frames other than DATA, wait for room in the carrier. */
  int queuedBytes() {
    return out.queued();
  }

  /** Bytes of DATA that were sent on the connection so far. */
  public long dataSent() {
    return sending.sent();
  }

  /** Bytes of DATA that have come on the connection so far, padding counted. */
  public long dataReceived() {
    return receiving.received();
  }

  /** How many streams are not closed. */
  public int streamCount() {
    return streams.count();
  }

  /** Whether the connection carries nothing more. */
  public boolean isOver() {
    return over;
  }
}
