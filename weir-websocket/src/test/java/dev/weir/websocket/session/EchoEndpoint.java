package dev.weir.websocket.session;

import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.frame.FrameEncoder;
import dev.weir.websocket.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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
  final List<String> events = new ArrayList<>();
  private final ArrayDeque<Echo> queue = new ArrayDeque<>();
  private final int capacity;

  private record Echo(boolean text, ByteBuffer payload, boolean last) {}

  EchoEndpoint(boolean server, boolean streamed, WebSocketLimits limits, int capacity) {
    this.server = server;
    this.capacity = capacity;
    sink = new TestSink(capacity, server);
    var keys = new Random(capacity);
    var encoder = server ? FrameEncoder.server() : FrameEncoder.client(keys::nextInt);
    session = new WebSocketSession(new SessionConfig(encoder, limits, streamed), null, sink, this);
  }

  @Override
  public void text(ByteBuffer utf8) {
    echo(true, utf8, true);
  }

  @Override
  public void binary(ByteBuffer data) {
    echo(false, data, true);
  }

  @Override
  public void piece(boolean text, ByteBuffer bytes, boolean last) {
    echo(text, bytes, last);
  }

  private void echo(boolean text, ByteBuffer payload, boolean last) {
    if (queue.isEmpty() && send(text, payload, last)) {
      return;
    }
    var rest = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    queue.add(new Echo(text, rest, last));
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
      Echo next = queue.peek();
      if (send(next.text, next.payload, next.last)) {
        queue.remove();
      } else {
        sink.drain();
      }
    }
    sink.drain();
  }

  int capacity() {
    return capacity;
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
}
