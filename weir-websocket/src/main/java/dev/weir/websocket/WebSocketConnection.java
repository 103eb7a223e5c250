package dev.weir.websocket;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.net.Validity;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The role: a session between a byte stream and the application's handler. It does not know what
 * carries the stream, nor which side of the handshake it was.
 */
final class WebSocketConnection implements WebSocket, StreamHandler, FrameSink, SessionListener {

  private static final System.Logger LOG = System.getLogger("dev.weir.websocket");
  private final ByteStream stream;
  private final WebSocketConfig config;
  private final WebSocketHandler handler;
  private final @Nullable String subprotocol;
  private final boolean server;
  private final SessionConfig shared;
  private final @Nullable PerMessageDeflate deflate;
  private final OutgoingMessages outgoing;
  private final @Nullable SignsOfLife life;

  /** Made when it is needed, given up by {@link #rest}; see {@link ActiveSessions}. */
  private @Nullable WebSocketSession present;

  private @Nullable Timer closing;
  private boolean wantWritable;
  private boolean active;

  /** False once either side has begun to close, though what was accepted before may still leave. */
  private volatile boolean open = true;

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
    this.outgoing = new OutgoingMessages(this, stream);
    Validity.Policy validity = config.validity();
    this.life = validity == null ? null : new SignsOfLife(this, stream.loop(), validity);
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

  WebSocketSession session() {
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

  /** A message as it is to be sent here. */
  EncodedMessage.Form form(EncodedMessage message) {
    return message.on(deflate, server);
  }

  /**
   * The peer is given a message that was compressed elsewhere: its history has that, ours has not.
   */
  void forgetHistory() {
    WebSocketSession session = present;
    if (session != null) {
      session.releaseIdle();
    }
  }

  int maxQueuedBytes() {
    return config.maxQueuedBytes();
  }

  // ---- the stream speaks

  @Override
  public void opened(ByteStream from) {
    if (life != null) {
      life.start();
    }
    try {
      handler.opened(this);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void received(ByteStream from, ByteBuffer bytes) {
    if (life != null) {
      life.seen();
    }
    session().receive(bytes);
    if (!session().wantsInput() && !session().isDone()) {
      stream.pause();
      stream.wantWritable();
    }
    finishIfDone();
  }

  @Override
  public void writable(ByteStream to) {
    if (life != null) {
      life.seen();
    }
    extendClosing();
    if (!session().writable() || !outgoing.drain()) {
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
    if (problem == null) {
      session().endOfInput();
    } else {
      session().endOfInput(String.valueOf(problem.getMessage()));
    }
    stopTimers();
    ActiveSessions.of(loop()).remove(this);
  }

  /** The peer gives no sign of life: a closing handshake would have no one to answer it. */
  void hangUp(String why) {
    session().endOfInput(why);
    stream.reset(0);
  }

  private void stopTimers() {
    Timer timer = closing;
    if (timer != null) {
      timer.cancel();
    }
    if (life != null) {
      life.stop();
    }
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
    Timer timer = closing;
    if (timer == null) {
      timer = loop().timer(stream::close);
      closing = timer;
    }
    timer.after(config.closeTimeout());
  }

  /** While the peer takes what was sent before the close, its time to answer has not begun. */
  private void extendClosing() {
    if (closing != null && session().isOpen()) {
      closeLater();
    }
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
    if (life != null) {
      life.pong(payload);
    }
    try {
      handler.pong(this, payload);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void closed(int code, String reason, @Nullable WebSocketException error) {
    open = false;
    outgoing.clear();
    if (life != null) {
      life.stop();
    }
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
    outgoing.send(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
  }

  @Override
  public void send(ByteBuffer data) {
    outgoing.send(false, data, false);
  }

  @Override
  public void send(EncodedMessage message) {
    outgoing.send(message);
  }

  @Override
  public boolean write(boolean text, ByteBuffer data, boolean last) {
    return outgoing.write(text, data, last);
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
    if (life != null) {
      life.deaf(true);
    }
  }

  @Override
  public void resume() {
    session().resume();
    stream.resume();
    if (life != null) {
      life.deaf(false);
    }
  }

  @Override
  public void close(int code, String reason) {
    WebSocketSession.requireSendable(code, reason);
    if (!loop().inLoop()) {
      loop().execute(() -> close(code, reason));
      return;
    }
    if (!open) {
      return;
    }
    open = false;
    if (!outgoing.whenEmpty(() -> session().close(code, reason))) {
      session().close(code, reason);
    }
    closeLater();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public int queuedBytes() {
    return outgoing.queuedBytes();
  }

  boolean isServer() {
    return server;
  }

  @Override
  public Optional<Duration> roundTripTime() {
    return life == null ? Optional.empty() : life.roundTripTime();
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
