package dev.weir.websocket.session;

import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.deflate.PerMessageDeflate;
import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A session whose handler echoes every message, and queues what output does not take. */
final class EchoEndpoint implements SessionListener {

  final boolean server;
  final TestSink sink;
  final WebSocketSession session;

  /** Pings, pongs and the end, as they came. */
  final List<String> events = new ArrayList<>();

  /** What {@link #send} sent, and what came while not echoing. */
  final List<String> sent = new ArrayList<>();

  final List<String> messages = new ArrayList<>();
  boolean echoes = true;
  boolean pauseAfterEachPiece;
  long received;
  private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();

  private record Outgoing(boolean text, ByteBuffer payload, boolean last) {}

  EchoEndpoint(boolean server, boolean streamed, WebSocketLimits limits, int room) {
    this(server, streamed, limits, null, room);
  }

  EchoEndpoint(
      boolean server,
      boolean streamed,
      WebSocketLimits limits,
      @Nullable PerMessageDeflate deflate,
      int room) {
    this.server = server;
    sink = new TestSink(room, server);
    var keys = new Random(room);
    var encoder = server ? FrameEncoder.server() : FrameEncoder.client(keys::nextInt);
    session =
        new WebSocketSession(new SessionConfig(encoder, limits, streamed), deflate, sink, this);
  }

  @Override
  public void text(ByteBuffer utf8) {
    took(true, utf8, true);
  }

  @Override
  public void binary(ByteBuffer data) {
    took(false, data, true);
  }

  @Override
  public void piece(boolean text, ByteBuffer bytes, boolean last) {
    if (text) {
      String decoded = StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
      if (decoded.indexOf('\uFFFD') >= 0 && !isReplacementItself(bytes)) {
        throw new AssertionError("text cut within a character: " + decoded);
      }
    }
    took(text, bytes, last);
    if (pauseAfterEachPiece) {
      session.pause();
    }
  }

  private static boolean isReplacementItself(ByteBuffer utf8) {
    var bytes = new byte[utf8.remaining()];
    utf8.duplicate().get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("\u00EF\u00BF\u00BD");
  }

  private void took(boolean text, ByteBuffer payload, boolean last) {
    received += payload.remaining();
    if (!echoes) {
      messages.add(latin1(payload));
    } else if (!pauseAfterEachPiece && session.isOpen()) {
      enqueue(text, payload, last);
    }
  }

  private static String latin1(ByteBuffer payload) {
    return StandardCharsets.ISO_8859_1.decode(payload).toString();
  }

  void send(byte[] message) {
    sent.add(latin1(ByteBuffer.wrap(message)));
    enqueue(false, ByteBuffer.wrap(message), true);
  }

  void sendInFragments(byte[] message, int size) {
    sent.add(latin1(ByteBuffer.wrap(message)));
    for (int at = 0; at < message.length; at += size) {
      int length = Math.min(size, message.length - at);
      enqueue(false, ByteBuffer.wrap(message, at, length), at + length == message.length);
    }
  }

  private void enqueue(boolean text, ByteBuffer payload, boolean last) {
    if (!queue.isEmpty() || !send(text, payload, last)) {
      var rest = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      queue.add(new Outgoing(text, rest, last));
    }
  }

  private boolean send(boolean text, ByteBuffer payload, boolean last) {
    return text ? session.sendText(payload, last) : session.sendBinary(payload, last);
  }

  @Override
  public void ping(ByteBuffer payload) {
    events.add("ping " + payload.remaining());
  }

  @Override
  public void pong(ByteBuffer payload) {
    events.add("pong " + payload.remaining());
  }

  @Override
  public void closed(int code, String reason, @Nullable WebSocketException error) {
    events.add("closed " + code);
  }

  /** Gives bytes to the session, and lets output drain whenever it is blocked. */
  void feed(ByteBuffer in) {
    do {
      session.receive(in);
      flush();
    } while (in.hasRemaining());
  }

  /** Lets all that waits leave. */
  void flush() {
    sink.drain();
    while (!session.writable()) {
      sink.drain();
    }
    while (session.isOpen() && !queue.isEmpty()) {
      Outgoing next = queue.element();
      if (send(next.text, next.payload, next.last)) {
        queue.remove();
      } else {
        sink.drain();
      }
    }
    sink.drain();
  }

  /** Returns what the peer sees: whole messages and control frames in order. */
  List<String> answers() {
    var answers = new ArrayList<String>();
    var message = new ByteArrayOutputStream();
    int opcode = Opcode.CONTINUATION;
    for (Frame frame : Frame.parseAll(sink.bytes(), !server)) {
      if (Opcode.isControl(frame.opcode())) {
        answers.add(frame.toString());
      } else {
        if ((frame.opcode() == Opcode.CONTINUATION) != (opcode != Opcode.CONTINUATION)) {
          throw new AssertionError("fragments out of sequence: " + frame);
        }
        opcode = opcode == Opcode.CONTINUATION ? frame.opcode() : opcode;
        message.writeBytes(frame.payload());
        if (frame.fin()) {
          answers.add(new Frame(true, 0, opcode, message.toByteArray()).toString());
          opcode = Opcode.CONTINUATION;
          message.reset();
        }
      }
    }
    return answers;
  }

  /** Returns what happened: what was heard, and the control frames that answered it. */
  List<String> outcome() {
    var outcome = new ArrayList<>(events);
    outcome.add("received " + received);
    Frame.parseAll(sink.bytes(), !server).stream()
        .filter(frame -> Opcode.isControl(frame.opcode()))
        .forEach(frame -> outcome.add(frame.toString()));
    return outcome;
  }
}
