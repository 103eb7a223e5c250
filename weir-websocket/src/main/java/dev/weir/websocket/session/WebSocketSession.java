package dev.weir.websocket.session;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.deflate.PerMessageDeflate;
import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.FrameParser;
import dev.weir.websocket.frame.Opcode;
import dev.weir.websocket.session.SessionState.Event;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection after its opening handshake, as client or as server (RFC 6455).
 *
 * <p>Bytes that came are given to {@link #receive}; a {@link SessionListener} hears what they mean.
 * Frames go into a {@link FrameSink}. Pings are answered and the closing handshake is completed
 * here. There is no socket, no timer and no thread: the owner closes the carrier once {@link
 * #isDone} says so, or when it has waited long enough for the peer's Close frame.
 *
 * <p>Not thread-safe: one loop calls everything. While the connection is idle nothing is kept but
 * numbers.
 */
public final class WebSocketSession {

  private static final int MAX_CONTROL_PAYLOAD = 125;

  private final SessionListener listener;
  private final int maxQueuedPongBytes;
  private final FrameParser parser;
  private final InboundMessages inbound;
  private final MessageSender sender;
  private final ControlQueue control;
  private SessionState state = SessionState.OPEN;
  private boolean paused;
  private @Nullable ByteBuffer cutControl;

  /**
   * Starts a session.
   *
   * @param config what it shares with others
   * @param deflate the compression that the handshake agreed on, or null
   * @param sink takes frames
   * @param listener hears of what came
   */
  public WebSocketSession(
      SessionConfig config,
      @Nullable PerMessageDeflate deflate,
      FrameSink sink,
      SessionListener listener) {
    this.listener = listener;
    maxQueuedPongBytes = config.limits().maxQueuedPongBytes();
    FrameEncoder encoder = config.encoder();
    boolean server = encoder.isServer();
    parser = new FrameParser(server, deflate != null);
    inbound =
        new InboundMessages(
            parser,
            config.receiver(listener),
            deflate == null ? null : deflate.inflater(server),
            this::wantsInput);
    sender =
        new MessageSender(
            encoder,
            sink,
            deflate == null ? null : deflate.deflater(server),
            deflate == null ? 0 : deflate.settings().leastBytes());
    control = new ControlQueue(encoder, sink);
  }

  /**
   * Takes bytes that came from the peer, and tells the listener what they mean.
   *
   * <p>Takes all of them, unless {@link #wantsInput} turns false on the way: what is then left in
   * the buffer is to be presented again as it is, for some of it may be unmasked already. Once the
   * session is over, bytes are taken and ignored (RFC 6455 1.4).
   *
   * @param in lent until this method returns, writable, heap or direct, in network byte order;
   *     payload is unmasked in place
   */
  public void receive(ByteBuffer in) {
    try {
      boolean more = true;
      while (more && wantsInput()) {
        more = nextPiece(in);
      }
    } catch (WebSocketException e) {
      fail(e);
    }
    if (state.isOver()) {
      in.position(in.limit());
    }
  }

  /** Takes what came of one frame, and tells whether more may follow in the buffer. */
  private boolean nextPiece(ByteBuffer in) {
    if (!isWithinFrame()) {
      if (!parser.header(in)) {
        return false;
      }
      if (!parser.isControl()) {
        inbound.beginFrame();
      }
    }
    if (parser.isControl()) {
      controlPiece(in);
    } else {
      inbound.take(in);
    }
    return !isWithinFrame();
  }

  private boolean isWithinFrame() {
    return parser.remaining() != 0 || inbound.isDraining();
  }

  private void controlPiece(ByteBuffer in) {
    int length = parser.unmask(in);
    parser.consumed(length);
    boolean complete = parser.remaining() == 0;
    int limit = in.limit();
    int end = in.position() + length;
    in.limit(end);
    try {
      ByteBuffer cut = cutControl;
      if (cut == null && complete) {
        control(in);
      } else {
        cut = cut == null ? ByteBuffer.allocate(MAX_CONTROL_PAYLOAD) : cut;
        cut.put(in);
        cutControl = complete ? null : cut;
        if (complete) {
          control(cut.flip());
        }
      }
    } finally {
      in.limit(limit).position(end);
    }
  }

  private void control(ByteBuffer payload) {
    switch (parser.opcode()) {
      case Opcode.PING -> {
        if (state == SessionState.OPEN) {
          int start = payload.position();
          control.send(Opcode.PONG, payload);
          payload.position(start);
        }
        listener.ping(payload);
      }
      case Opcode.PONG -> listener.pong(payload);
      default -> peerCloses(CloseFrame.parse(payload));
    }
  }

  private void peerCloses(CloseFrame frame) {
    leave(Event.PEER_CLOSE, frame.echo());
    listener.closed(frame.code(), frame.reason(), null);
  }

  private void fail(WebSocketException error) {
    leave(Event.FAILURE, CloseFrame.of(error));
    listener.closed((int) error.code(), String.valueOf(error.getMessage()), error);
  }

  /**
   * Takes note that the carrier's input ended, orderly or not. The owner must call this, or see
   * {@link #isDone}, before it forgets a session: what compresses is given back then.
   */
  public void endOfInput() {
    endOfInput("connection ended without a Close frame");
  }

  /**
   * As {@link #endOfInput()}, where more is known.
   *
   * @param why for the listener
   */
  public void endOfInput(String why) {
    if (!state.isOver()) {
      leave(Event.END, null);
      control.clear();
      listener.closed(CloseCode.ABNORMAL, why, null);
    }
  }

  private void leave(Event event, @Nullable CloseFrame answer) {
    if (state == SessionState.OPEN && answer != null) {
      control.send(Opcode.CLOSE, answer.encode());
    }
    state = state.after(event);
    inbound.release();
    sender.release();
  }

  /**
   * Gives back the memory that compression keeps for messages to come, as far as the peer does not
   * need it; they will compress less well at first. For connections that have been idle for long.
   */
  public void releaseIdle() {
    if (!sender.isWithinMessage()) {
      sender.release();
    }
  }

  /**
   * Sends pongs and the Close frame that output could not take before. To be called when the sink
   * can lend again; afterwards {@link #wantsInput} may have become true.
   *
   * @return whether nothing is left, so that messages may follow
   */
  public boolean writable() {
    return control.flush();
  }

  /**
   * Sends a text message, or more of the one under way, as far as output takes it.
   *
   * @param utf8 valid UTF-8, which is not checked; its position moves past what was taken
   * @param last whether the message ends here
   * @return whether all was taken; if not, call again with the rest once output is writable
   * @throws IllegalStateException if the session is not open or a binary message is under way
   */
  public boolean sendText(ByteBuffer utf8, boolean last) {
    return send(Opcode.TEXT, utf8, last);
  }

  /**
   * Sends a binary message, or more of the one under way, as far as output takes it.
   *
   * @param data its position moves past what was taken
   * @param last whether the message ends here
   * @return whether all was taken; if not, call again with the rest once output is writable
   * @throws IllegalStateException if the session is not open or a text message is under way
   */
  public boolean sendBinary(ByteBuffer data, boolean last) {
    return send(Opcode.BINARY, data, last);
  }

  /**
   * Sends a message as it is, as far as output takes it.
   *
   * @param text whether it is text
   * @param payload its position moves past what was taken
   * @param compressed whether the payload was compressed by itself, without regard to messages
   *     before it; only where compression was agreed on
   * @return whether all was taken; if not, call again with the rest once output is writable
   * @throws IllegalStateException if the session is not open or another message is under way
   */
  public boolean sendEncoded(boolean text, ByteBuffer payload, boolean compressed) {
    requireOpen();
    return control.flush()
        && sender.sendEncoded(text ? Opcode.TEXT : Opcode.BINARY, payload, compressed);
  }

  private boolean send(int opcode, ByteBuffer payload, boolean last) {
    requireOpen();
    return control.flush() && sender.send(opcode, payload, last);
  }

  /**
   * Sends a ping (RFC 6455 5.5.2), between the frames of a message if one is under way.
   *
   * @param payload at most 125 bytes; taken whole or not at all
   * @return whether output took it
   * @throws IllegalStateException if the session is not open
   */
  public boolean ping(ByteBuffer payload) {
    return sendControl(Opcode.PING, payload);
  }

  /**
   * Sends a pong that answers no ping (RFC 6455 5.5.3).
   *
   * @param payload at most 125 bytes; taken whole or not at all
   * @return whether output took it
   * @throws IllegalStateException if the session is not open
   */
  public boolean pong(ByteBuffer payload) {
    return sendControl(Opcode.PONG, payload);
  }

  private boolean sendControl(int opcode, ByteBuffer payload) {
    requireOpen();
    if (payload.remaining() > MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException(
          "control frame with " + payload.remaining() + " bytes of payload, 125 are allowed");
    }
    return control.sendNow(opcode, payload);
  }

  private void requireOpen() {
    if (state != SessionState.OPEN) {
      throw new IllegalStateException("session is " + state);
    }
  }

  /**
   * Starts the closing handshake (RFC 6455 7.1.2); does nothing if it is under way or over.
   * Messages that the peer sent before it answers still reach the listener.
   *
   * @param code why, {@link CloseCode#NO_STATUS} with no reason to send neither
   * @param reason at most 123 bytes as UTF-8
   * @throws IllegalArgumentException if {@code code} must not be sent or {@code reason} is too long
   */
  public void close(int code, String reason) {
    CloseFrame frame = CloseFrame.toSend(code, reason);
    if (state == SessionState.OPEN) {
      state = state.after(Event.LOCAL_CLOSE);
      control.send(Opcode.CLOSE, frame.encode());
    }
  }

  /**
   * Checks what {@link #close} would be given, on any thread.
   *
   * @param code as there
   * @param reason as there
   * @throws IllegalArgumentException if {@code code} must not be sent or {@code reason} is too long
   */
  public static void requireSendable(int code, String reason) {
    CloseFrame.toSend(code, reason);
  }

  /** Makes {@link #receive} stop at the next opportunity, also from within a listener's method. */
  public void pause() {
    paused = true;
  }

  /** Allows {@link #receive} again, which the owner calls with what was left. */
  public void resume() {
    paused = false;
  }

  /**
   * Tells whether {@link #receive} takes anything: not while paused, nor while output is blocked
   * and the memory for pongs is used up.
   *
   * @return whether the carrier should be read
   */
  public boolean wantsInput() {
    return !state.isOver() && !paused && control.hasRoomWithin(maxQueuedPongBytes);
  }

  /**
   * Tells whether messages may be sent.
   *
   * @return true until either side closes or fails
   */
  public boolean isOpen() {
    return state == SessionState.OPEN;
  }

  /**
   * Gives back what is kept for speed alone, if nothing is under way in either direction: a new
   * session in place of this one could then go on.
   *
   * @return whether this session can be let go
   */
  public boolean rest() {
    boolean atRest =
        state == SessionState.OPEN
            && !paused
            && control.isEmpty()
            && cutControl == null
            && parser.isAtRest()
            && inbound.isAtRest()
            && !sender.isWithinMessage();
    if (atRest) {
      releaseIdle();
    }
    return atRest;
  }

  /**
   * Tells whether nothing is left to do but to close the carrier: a server at once, a client when
   * the server has done so or a deadline has passed (RFC 6455 7.1.1).
   *
   * @return whether the session is over and its last frame was given to the sink
   */
  public boolean isDone() {
    return state.isOver() && control.isEmpty();
  }
}
