package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;

import dev.weir.http.Headers;
import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a session (RFC 9113 5): its state, its windows, and what has come for it that its
 * handler did not take yet, which is never more than its window. Loop thread.
 */
public final class Http2Stream {
  private static final Headers NO_FIELDS = Headers.create();

  private final Http2Session session;
  private final int id;
  private final Method method;
  private final FlowWindow sendWindow;
  private final ReceiveWindow receiveWindow;
  private @Nullable Http2StreamHandler handler;
  private StreamState state = StreamState.OPEN;
  private Priority priority = Priority.UNSAID;

  /** How much it may send before others get their turn. */
  int quantum = SendFlow.QUANTUM;

  /** Its place in the {@link SendScheduler}. */
  boolean queued;

  int queue;
  @Nullable Http2Stream nextInQueue;

  private boolean wantsWritable;
  private boolean paused;
  private boolean finalHead;
  private boolean connect;

  /** What Content-Length lets the peer still send, or -1. */
  private long contentLeft = -1;

  private @Nullable KeptBytes kept;

  /** Set when the peer has ended, until the handler was told. */
  private @Nullable Headers trailers;

  Http2Stream(Http2Session session, int id, Method method, int sendWindow, int receiveWindow) {
    this.session = session;
    this.id = id;
    this.method = method;
    this.sendWindow = new FlowWindow(sendWindow);
    this.receiveWindow = new ReceiveWindow(receiveWindow, receiveWindow);
  }

  /** Its identifier (RFC 9113 5.1.1). */
  public int id() {
    return id;
  }

  /** The connection's session. */
  public Http2Session session() {
    return session;
  }

  /** Sets who is told what becomes of it. */
  public void handler(Http2StreamHandler next) {
    handler = next;
  }

  /** Makes it a tunnel: DATA is no body, and Content-Length means nothing (RFC 9113 8.5). */
  public void tunnel() {
    connect = true;
    contentLeft = -1;
  }

  // ---- sending

  /**
   * Sends the head of a response, interim if its status is (RFC 9113 8.1).
   *
   * @param length for Content-Length in place of one in the fields, or -1 for none
   * @param date for Date if the fields have none, or {@code null} for none
   */
  public void respond(
      Status status, Headers fields, long length, @Nullable String date, boolean end) {
    if (state.canSend()) {
      session.respond(this, status, fields, length, date, end);
    }
  }

  /**
   * Sends bytes of a body, as many as the windows, the carrier and the other streams leave room
   * for.
   *
   * @param last whether nothing comes after them
   * @return how many were taken
   */
  public int write(ByteBuffer bytes, boolean last) {
    return state.canSend() ? session.data(this, bytes, last) : 0;
  }

  /** As {@link #write(ByteBuffer, boolean)}, a whole array. */
  public int write(byte[] bytes, boolean last) {
    return state.canSend() ? session.data(this, bytes, last) : 0;
  }

  /** Ends our direction, with trailers if there are any (RFC 9113 8.1). */
  public void end(Headers last) {
    if (state.canSend()) {
      session.end(this, last);
    }
  }

  /** Asks for one call of {@link Http2StreamHandler#writable} when some bytes can be taken. */
  public void wantWritable() {
    if (state.canSend()) {
      wantsWritable = true;
      session.sending.lineUp(this);
    }
  }

  /**
   * Gives up what has come and was not taken, of a stream whose two directions have ended; its
   * handler is told nothing more.
   */
  public void abandon() {
    handler = null;
    drop();
  }

  /** Ends the stream in both directions; its handler is told nothing more. */
  public void reset(Http2ErrorCode code) {
    handler = null;
    session.reset(this, code);
  }

  /** Whether END_STREAM or RST_STREAM was sent or received for the last time. */
  public boolean isClosed() {
    return state == StreamState.CLOSED;
  }

  /** Whether our direction has ended. */
  public boolean hasEnded() {
    return !state.canSend();
  }

  /** Whether the peer's direction has ended. */
  public boolean peerHasEnded() {
    return !state.canReceive();
  }

  // ---- receiving

  /** Has what comes kept, until the window is full and the peer has to wait. */
  public void pause() {
    paused = true;
  }

  /** Has what was kept delivered, later in this turn, and what comes then. */
  public void resume() {
    paused = false;
    if (kept != null || trailers != null) {
      session.receiving.resume(this);
    }
  }

  // ---- the session's side

  Method method() {
    return method;
  }

  Priority priority() {
    return priority;
  }

  void priority(Priority said) {
    priority = said;
  }

  FlowWindow sendWindow() {
    return sendWindow;
  }

  ReceiveWindow receiveWindow() {
    return receiveWindow;
  }

  boolean wantsWritable() {
    return wantsWritable;
  }

  boolean hasFinalHead() {
    return finalHead;
  }

  /** The head after which only DATA and trailers may come. */
  void finalHead(long contentLength) {
    finalHead = true;
    contentLeft = connect ? -1 : contentLength;
  }

  void weEnd() {
    state = state.weEnd();
    wantsWritable = false;
  }

  /** It is its turn to send. */
  void turn() {
    quantum = SendFlow.QUANTUM;
    wantsWritable = false;
    var told = handler;
    if (told != null) {
      told.writable();
    }
  }

  void drain() {
    var told = handler;
    if (told != null) {
      told.drain();
    }
  }

  void response(Http2Head head) {
    var told = handler;
    if (told != null) {
      told.response(head);
    }
  }

  /** Content of a DATA frame. */
  void received(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (contentLeft >= 0) {
      contentLeft -= length;
      if (contentLeft < 0) {
        session.receiving.consumed(this, length);
        throw malformed("more DATA than Content-Length says");
      }
    }
    if (!paused && kept == null) {
      give(bytes);
    }
    if (bytes.hasRemaining()) {
      if (kept == null) {
        kept = new KeptBytes(bytes);
      } else {
        kept.append(bytes);
      }
    }
  }

  private void give(ByteBuffer bytes) {
    int before = bytes.remaining();
    var told = handler;
    if (told != null) {
      told.received(bytes);
    }
    if (handler == null) {
      // It was reset, perhaps just now: nobody wants the rest.
      bytes.position(bytes.limit());
    }
    paused |= bytes.hasRemaining();
    session.receiving.consumed(this, before - bytes.remaining());
  }

  /** The peer has ended its direction. */
  void peerEnds(@Nullable Headers last) {
    if (contentLeft > 0) {
      throw malformed("less DATA than Content-Length says");
    }
    state = state.peerEnds();
    tellEnd(last);
  }

  /**
   * The head was all that the peer had to say; the handler, who is not there yet, is told later.
   */
  void endsByHead() {
    state = state.peerEnds();
  }

  /** Tells the handler of the end, when everything before it was taken. */
  void tellEnd(@Nullable Headers last) {
    trailers = last == null ? NO_FIELDS : last;
    deliver();
  }

  /** Delivers what was kept, as far as it is wanted. */
  void deliver() {
    var waiting = kept;
    if (waiting != null && !paused) {
      kept = null;
      give(waiting.view());
      if (waiting.view().hasRemaining()) {
        kept = waiting;
      }
    }
    var last = trailers;
    if (last != null && kept == null && !paused) {
      trailers = null;
      var told = handler;
      if (told != null) {
        told.ended(last);
      }
    }
  }

  /** It is over: by the rules, or before its time. What was kept for the handler may remain. */
  void close() {
    state = StreamState.CLOSED;
    wantsWritable = false;
  }

  /** Tells the handler that there will be nothing more. */
  void fail(WeirException why, boolean unprocessed) {
    drop();
    var told = handler;
    handler = null;
    if (told != null) {
      told.failed(why, unprocessed);
    }
  }

  /** Gives up what was kept, so that the connection's window gets it back. */
  void drop() {
    var waiting = kept;
    kept = null;
    trailers = null;
    if (waiting != null) {
      session.receiving.consumed(this, waiting.view().remaining());
    }
  }

  private Http2Error malformed(String what) {
    return Http2Error.ofStream(id, PROTOCOL_ERROR, "RFC 9113 8.1.1", what);
  }
}
