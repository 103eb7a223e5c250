package dev.weir.websocket;

import dev.weir.stream.ByteStream;
import dev.weir.websocket.session.WebSocketSession;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the application sends over one connection: at once where there is room, else in order behind
 * what waits, up to a limit.
 */
final class OutgoingMessages {

  private static final VarHandle QUEUED;

  static {
    try {
      QUEUED =
          MethodHandles.lookup().findVarHandle(OutgoingMessages.class, "queuedBytes", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WebSocketConnection connection;
  private final ByteStream stream;
  private @Nullable SendQueue queue;
  private boolean midMessage;

  /** What was accepted and the stream has not taken; see {@link #QUEUED}. */
  @SuppressWarnings("UnusedVariable") // used by the VarHandle
  private volatile int queuedBytes;

  OutgoingMessages(WebSocketConnection connection, ByteStream stream) {
    this.connection = connection;
    this.stream = stream;
  }

  int queuedBytes() {
    return (int) QUEUED.getVolatile(this);
  }

  /** Whether a message could leave whole, with nothing of another before or around it. */
  private boolean isIdle() {
    return connection.isOpen() && !midMessage && isEmpty();
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    SendQueue waiting = queue;
    return waiting == null || waiting.isEmpty();
  }

  /**
   * Takes a message.
   *
   * @param stable whether the bytes stay as they are when this has returned
   */
  void send(boolean text, ByteBuffer payload, boolean stable) {
    boolean here = stream.loop().inLoop();
    if (here && isIdle()) {
      WebSocketSession session = connection.session();
      boolean whole = text ? session.sendText(payload, true) : session.sendBinary(payload, true);
      if (whole) {
        return;
      }
    }
    int size = payload.remaining();
    reserve(size);
    ByteBuffer kept = stable ? payload : ByteBuffer.allocate(size).put(payload).flip();
    if (here) {
      enqueue(SendQueue.Entry.of(text, kept));
    } else {
      stream.loop().execute(() -> enqueue(SendQueue.Entry.of(text, kept)));
    }
  }

  /** Takes a message that many connections send: none of them encodes or compresses it again. */
  void send(EncodedMessage message) {
    if (!stream.loop().inLoop()) {
      int size = message.plain().bytes();
      reserve(size);
      stream.loop().execute(() -> arrive(message, size));
      return;
    }
    EncodedMessage.Form form = connection.form(message);
    if (!leavesAsItIs(form)) {
      reserve(form.bytes());
      enqueue(SendQueue.Entry.of(message, form));
    }
  }

  private void arrive(EncodedMessage message, int reserved) {
    EncodedMessage.Form form = connection.form(message);
    if (leavesAsItIs(form)) {
      QUEUED.getAndAdd(this, -reserved);
    } else {
      QUEUED.getAndAdd(this, form.bytes() - reserved);
      enqueue(SendQueue.Entry.of(message, form));
    }
  }

  private boolean leavesAsItIs(EncodedMessage.Form form) {
    if (!connection.isServer() || !isIdle()) {
      return false;
    }
    ByteBuffer frame = form.shared();
    int length = frame.limit();
    ByteBuffer out = stream.reserve(Math.min(length, ByteStream.MAX_RESERVE));
    if (out == null || out.remaining() < length) {
      return false;
    }
    if (form.compressed()) {
      connection.forgetHistory();
    }
    out.put(out.position(), frame, 0, length).position(out.position() + length);
    return true;
  }

  private void reserve(int size) {
    int queued = (int) QUEUED.getAndAdd(this, size) + size;
    int maxQueuedBytes = connection.maxQueuedBytes();
    if (queued > maxQueuedBytes && queued != size) {
      QUEUED.getAndAdd(this, -size);
      throw new QueueFullException(queued - size, maxQueuedBytes);
    }
  }

  private void enqueue(SendQueue.Entry entry) {
    if (!connection.isOpen()) {
      // Too late: the connection was closed between the call and now.
      QUEUED.getAndAdd(this, -entry.payload().remaining());
      return;
    }
    SendQueue waiting = queue;
    if (waiting == null) {
      waiting = new SendQueue();
      queue = waiting;
    }
    waiting.add(entry);
    if (!drain()) {
      stream.wantWritable();
    }
  }

  /** Sends what waits; true if nothing is left. */
  boolean drain() {
    SendQueue waiting = queue;
    if (waiting == null || !connection.session().isOpen() || midMessage) {
      return true;
    }
    QUEUED.getAndAdd(this, -waiting.drain(connection.session()));
    if (!waiting.isEmpty()) {
      return false;
    }
    queue = null;
    waiting.emptied();
    return true;
  }

  /** As {@link WebSocket#write}. */
  boolean write(boolean text, ByteBuffer data, boolean last) {
    WebSocketSession session = connection.session();
    if (!session.isOpen() || (!midMessage && !isIdle())) {
      return false;
    }
    boolean whole = text ? session.sendText(data, last) : session.sendBinary(data, last);
    midMessage = !(whole && last);
    if (!midMessage && !drain()) {
      stream.wantWritable();
    }
    return whole;
  }

  /**
   * Has {@code then} run when all has left that waits now.
   *
   * @return false if nothing waits: it was not kept
   */
  boolean whenEmpty(Runnable then) {
    SendQueue waiting = queue;
    if (waiting == null || waiting.isEmpty()) {
      return false;
    }
    waiting.whenEmpty(then);
    return true;
  }

  /**
   * Forgets what cannot be sent any more; what is still on its way here is let go when it comes.
   */
  void clear() {
    SendQueue waiting = queue;
    if (waiting != null) {
      queue = null;
      QUEUED.getAndAdd(this, -waiting.bytes());
    }
  }
}
