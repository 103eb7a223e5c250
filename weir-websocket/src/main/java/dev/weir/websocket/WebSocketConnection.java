package dev.weir.websocket;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.websocket.deflate.CompressorPool;
import dev.weir.websocket.deflate.DeflateParameters;
import dev.weir.websocket.deflate.PerMessageDeflate;
import dev.weir.websocket.session.FrameSink;
import dev.weir.websocket.session.SessionConfig;
import dev.weir.websocket.session.SessionListener;
import dev.weir.websocket.session.WebSocketSession;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The role: a session between a byte stream and the application's handler. It does not know what
 * carries the stream, nor which side of the handshake it was.
 */
final class WebSocketConnection implements WebSocket, StreamHandler, FrameSink, SessionListener {

  private static final System.Logger LOG = System.getLogger("dev.weir.websocket");
  private static final VarHandle QUEUED;

  static {
    try {
      QUEUED =
          MethodHandles.lookup().findVarHandle(WebSocketConnection.class, "queuedBytes", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ByteStream stream;
  private final WebSocketConfig config;
  private final WebSocketHandler handler;
  private final @Nullable String subprotocol;
  private final boolean server;
  private final SessionConfig shared;
  private final @Nullable PerMessageDeflate deflate;

  /** Made when it is needed, given up by {@link #rest}; see {@link ActiveSessions}. */
  private @Nullable WebSocketSession present;

  private @Nullable SendQueue queue;
  private @Nullable Timer closing;
  private boolean wantWritable;
  private boolean active;
  private boolean midMessage;
  private volatile boolean open = true;

  /** What {@link #send} accepted and the stream has not taken; see {@link #QUEUED}. */
  @SuppressWarnings("UnusedVariable") // used by the VarHandle
  private volatile int queuedBytes;

  WebSocketConnection(
      ByteStream stream,
      WebSocketConfig config,
      SessionConfig shared,
      @Nullable PerMessageDeflate deflate,
      WebSocketHandler handler,
      @Nullable String subprotocol) {
    this.stream = stream;
    this.config = config;
    this.handler = handler;
    this.subprotocol = subprotocol;
    this.server = shared.encoder().isServer();
    this.shared = shared;
    this.deflate = deflate;
  }

  /**
   * The means to carry out what a handshake agreed on, or {@code null}; compressors are the loop's.
   */
  static @Nullable PerMessageDeflate deflate(
      @Nullable DeflateParameters agreed, WebSocketConfig config, Loop loop) {
    DeflateSettings settings = config.deflate();
    return agreed == null || settings == null
        ? null
        : new PerMessageDeflate(
            agreed, settings, loop.local(CompressorPool.class, CompressorPool::new));
  }

  private WebSocketSession session() {
    WebSocketSession session = present;
    if (session == null) {
      session = new WebSocketSession(shared, deflate, this, this);
      present = session;
    }
    if (!active) {
      active = true;
      ActiveSessions.of(loop()).add(this);
    }
    return session;
  }

  /** No longer among those that were active last: gives the session up if nothing is under way. */
  void rest() {
    active = false;
    WebSocketSession session = present;
    if (session != null && session.rest()) {
      present = null;
    }
  }

  // ---- the stream speaks

  @Override
  public void opened(ByteStream from) {
    try {
      handler.opened(this);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void received(ByteStream from, ByteBuffer bytes) {
    session().receive(bytes);
    if (!session().wantsInput() && !session().isDone()) {
      stream.pause();
      stream.wantWritable();
    }
    finishIfDone();
  }

  @Override
  public void writable(ByteStream to) {
    if (!session().writable() || !drainQueue()) {
      stream.wantWritable();
      return;
    }
    if (session().wantsInput()) {
      stream.resume();
    }
    if (wantWritable && session().isOpen()) {
      wantWritable = false;
      try {
        handler.writable(this);
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    finishIfDone();
  }

  @Override
  public void ended(ByteStream by) {
    session().endOfInput();
    stream.close();
  }

  @Override
  public void drain(ByteStream by) {
    if (session().isOpen()) {
      close(CloseCode.GOING_AWAY, "");
    }
  }

  @Override
  public void closed(ByteStream by, @Nullable WeirException problem) {
    Timer timer = closing;
    if (timer != null) {
      timer.cancel();
    }
    session().endOfInput();
    ActiveSessions.of(loop()).remove(this);
  }

  /** RFC 6455 7.1.1: the server closes the connection below first, the client waits for it. */
  private void finishIfDone() {
    if (!session().isDone()) {
      return;
    }
    if (server) {
      stream.close();
    } else if (closing == null) {
      closeLater();
    }
  }

  private void closeLater() {
    Timer timer = loop().timer(stream::close);
    closing = timer;
    timer.after(config.closeTimeout());
  }

  // ---- the session speaks

  @Override
  public @Nullable ByteBuffer lend(int needed, int wished) {
    return stream.reserve(Math.clamp(wished, needed, ByteStream.MAX_RESERVE));
  }

  @Override
  public void text(ByteBuffer utf8) {
    try {
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      handler.text(this, new String(bytes, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void binary(ByteBuffer data) {
    try {
      handler.binary(this, data);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void piece(boolean text, ByteBuffer bytes, boolean last) {
    try {
      handler.piece(this, text, bytes, last);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void ping(ByteBuffer payload) {
    try {
      handler.ping(this, payload);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void pong(ByteBuffer payload) {
    try {
      handler.pong(this, payload);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void closed(int code, String reason, @Nullable WebSocketException error) {
    open = false;
    queue = null;
    QUEUED.setVolatile(this, 0);
    if (error != null) {
      LOG.log(Level.INFO, "{0}: closed with {1}: {2}", stream, code, reason);
    }
    try {
      handler.closed(this, code, reason);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the handler of " + stream + " failed in closed", e);
    }
  }

  private void failed(RuntimeException e) {
    LOG.log(Level.ERROR, "the handler of " + stream + " failed", e);
    close(CloseCode.INTERNAL_ERROR, "");
  }

  // ---- the application speaks

  @Override
  public void send(String text) {
    accept(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
  }

  @Override
  public void send(ByteBuffer data) {
    accept(false, data, false);
  }

  @Override
  public void send(EncodedMessage message) {
    if (loop().inLoop() && server && isIdle()) {
      ByteBuffer frame = message.frame();
      ByteBuffer out = stream.reserve(Math.min(frame.remaining(), ByteStream.MAX_RESERVE));
      if (out != null && out.remaining() >= frame.remaining()) {
        out.put(frame);
        return;
      }
    }
    accept(message.isText(), message.payload(), true);
  }

  /** Whether a message could leave whole, with nothing of another before or around it. */
  private boolean isIdle() {
    SendQueue waiting = queue;
    return open && !midMessage && (waiting == null || waiting.isEmpty());
  }

  /**
   * Takes a message.
   *
   * @param stable whether the bytes stay as they are when this has returned
   */
  private void accept(boolean text, ByteBuffer payload, boolean stable) {
    if (loop().inLoop() && isIdle()) {
      boolean whole =
          text ? session().sendText(payload, true) : session().sendBinary(payload, true);
      if (whole) {
        return;
      }
    }
    int size = payload.remaining();
    int queued = (int) QUEUED.getAndAdd(this, size) + size;
    if (queued > config.maxQueuedBytes() && queued != size) {
      QUEUED.getAndAdd(this, -size);
      throw new QueueFullException(queued - size, config.maxQueuedBytes());
    }
    ByteBuffer kept = stable ? payload : ByteBuffer.allocate(size).put(payload).flip();
    if (loop().inLoop()) {
      enqueue(text, kept);
    } else {
      loop().execute(() -> enqueue(text, kept));
    }
  }

  private void enqueue(boolean text, ByteBuffer payload) {
    if (!session().isOpen()) {
      // Too late: the connection was closed between the call and now.
      QUEUED.getAndAdd(this, -payload.remaining());
      return;
    }
    SendQueue waiting = queue;
    if (waiting == null) {
      waiting = new SendQueue();
      queue = waiting;
    }
    waiting.add(text, payload);
    if (!drainQueue()) {
      stream.wantWritable();
    }
  }

  /** Sends what waits; true if nothing is left. */
  private boolean drainQueue() {
    SendQueue waiting = queue;
    if (waiting == null || !session().isOpen() || midMessage) {
      return true;
    }
    QUEUED.getAndAdd(this, -waiting.drain(session()));
    if (!waiting.isEmpty()) {
      return false;
    }
    queue = null;
    waiting.emptied();
    return true;
  }

  @Override
  public boolean write(boolean text, ByteBuffer data, boolean last) {
    SendQueue waiting = queue;
    if (!session().isOpen() || (!midMessage && waiting != null && !waiting.isEmpty())) {
      return false;
    }
    boolean whole = text ? session().sendText(data, last) : session().sendBinary(data, last);
    midMessage = !(whole && last);
    if (!midMessage && !drainQueue()) {
      stream.wantWritable();
    }
    return whole;
  }

  @Override
  public void wantWritable() {
    wantWritable = true;
    stream.wantWritable();
  }

  @Override
  public void sendPing(ByteBuffer payload) {
    if (!loop().inLoop()) {
      loop().execute(() -> sendPing(payload));
    } else if (session().isOpen() && !session().ping(payload)) {
      LOG.log(Level.DEBUG, "{0}: no room for a ping", stream);
    }
  }

  @Override
  public void pause() {
    session().pause();
    stream.pause();
  }

  @Override
  public void resume() {
    session().resume();
    stream.resume();
  }

  @Override
  public void close(int code, String reason) {
    if (!loop().inLoop()) {
      loop().execute(() -> close(code, reason));
      return;
    }
    if (!session().isOpen()) {
      return;
    }
    SendQueue waiting = queue;
    if (waiting != null && !waiting.isEmpty()) {
      waiting.whenEmpty(() -> close(code, reason));
      return;
    }
    open = false;
    session().close(code, reason);
    closeLater();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public int queuedBytes() {
    return (int) QUEUED.getVolatile(this);
  }

  @Override
  public @Nullable String subprotocol() {
    return subprotocol;
  }

  @Override
  public Carrier carrier() {
    return stream.carrier();
  }

  @Override
  public Loop loop() {
    return stream.loop();
  }
}
