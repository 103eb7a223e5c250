package dev.weir.websocket;

import dev.weir.testkit.SimNetwork;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One side of a conversation: sends messages in every way there is, in fits and starts, pauses, and
 * closes or not. What it has heard is a part of what the other has said, from its beginning on, and
 * all of it if the other has closed.
 */
final class Talker implements WebSocketHandler {

  private static final String LETTERS = "weir \u00e9\u00df \u20ac \ud83c\udf0a ";

  private final String name;
  private final SimNetwork network;
  private final RandomGenerator random;
  private final int messages;
  private final int largest;
  private final boolean closes;
  private final boolean patient;
  private final List<String> sent = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private @Nullable WebSocket socket;
  private @Nullable ByteBuffer underWay;
  private boolean underWayIsText;
  private boolean hasClosed;
  private int timesClosed;
  private int code;
  private String reason = "";
  private @Nullable String wrong;

  Talker(String name, SimNetwork network) {
    this.name = name;
    this.network = network;
    this.random = network.random();
    this.messages = random.nextInt(8);
    this.largest = 1 << random.nextInt(1, 15);
    this.closes = random.nextInt(3) > 0;
    this.patient = random.nextBoolean();
  }

  boolean wasOpened() {
    return socket != null;
  }

  boolean endedInOrder() {
    return timesClosed == 1 && code != CloseCode.ABNORMAL;
  }

  @Override
  public void opened(WebSocket ws) {
    check(socket == null, "opened twice");
    socket = ws;
    later(ws, this::next);
  }

  // ---- sending

  private void next() {
    WebSocket ws = socket;
    if (ws == null || !ws.isOpen() || underWay != null) {
      return;
    }
    if (sent.size() == messages) {
      if (closes) {
        close(ws);
      }
      return;
    }
    boolean text = random.nextBoolean();
    byte[] payload = text ? text(random.nextInt(largest)) : binary(random.nextInt(largest));
    try {
      switch (random.nextInt(4)) {
        case 0 -> ws.send(encoded(text, payload));
        case 1 -> {
          begin(ws, text, payload);
          return;
        }
        default -> send(ws, text, payload);
      }
      sent.add(told(text, payload));
      if (random.nextInt(8) == 0) {
        ws.sendPing(ByteBuffer.wrap(payload, 0, Math.min(payload.length, 125)));
      }
    } catch (QueueFullException e) {
      check(ws.queuedBytes() > 0 || !ws.isOpen(), "full of nothing");
    }
    later(ws, this::next);
  }

  private static void send(WebSocket ws, boolean text, byte[] payload) {
    if (text) {
      ws.send(new String(payload, StandardCharsets.UTF_8));
    } else {
      ws.send(ByteBuffer.wrap(payload));
    }
  }

  private static EncodedMessage encoded(boolean text, byte[] payload) {
    return text
        ? EncodedMessage.text(new String(payload, StandardCharsets.UTF_8))
        : EncodedMessage.binary(ByteBuffer.wrap(payload));
  }

  private void begin(WebSocket ws, boolean text, byte[] payload) {
    underWay = ByteBuffer.wrap(payload);
    underWayIsText = text;
    ws.loop().execute(() -> writable(ws));
  }

  @Override
  public void writable(WebSocket ws) {
    ByteBuffer message = underWay;
    while (message != null && timesClosed == 0) {
      int end = message.limit();
      int piece = Math.min(message.remaining(), 1 + random.nextInt(largest));
      message.limit(message.position() + piece);
      boolean last = message.limit() == end;
      boolean whole = ws.write(underWayIsText, message, last);
      message.limit(end);
      if (!whole) {
        ws.wantWritable();
        return;
      }
      if (last) {
        underWay = null;
        byte[] all = new byte[message.flip().remaining()];
        message.get(all);
        sent.add(told(underWayIsText, all));
        later(ws, this::next);
        return;
      }
    }
  }

  void close(WebSocket ws) {
    if (ws.isOpen()) {
      hasClosed = true;
      ws.close(CloseCode.NORMAL, name);
    }
  }

  /** However long it took, now it is over. */
  void closeAtLast() {
    if (socket != null) {
      socket.close(CloseCode.GOING_AWAY, "");
    }
  }

  private byte[] text(int length) {
    int start = random.nextInt(LETTERS.length());
    String text = LETTERS.repeat(2 + length / LETTERS.length());
    if (Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    int end = start + length;
    if (Character.isLowSurrogate(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] binary(int length) {
    var bytes = new byte[length];
    int step = random.nextInt();
    for (int n = 0; n < length; n++) {
      bytes[n] = (byte) ((n * step) >> 8);
    }
    return bytes;
  }

  // ---- receiving

  @Override
  public void text(WebSocket ws, String message) {
    heard(ws, told(true, message.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void binary(WebSocket ws, ByteBuffer data) {
    var bytes = new byte[data.remaining()];
    data.get(bytes);
    heard(ws, told(false, bytes));
  }

  @Override
  public void piece(WebSocket ws, boolean text, ByteBuffer bytes, boolean last) {
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    pieces.writeBytes(copy);
    if (last) {
      heard(ws, told(text, pieces.toByteArray()));
      pieces.reset();
    } else if (!patient && random.nextInt(10) == 0) {
      pause(ws);
    }
  }

  private void heard(WebSocket ws, String message) {
    check(ws.equals(socket) && timesClosed == 0, "heard at the wrong time");
    received.add(message);
    if (!patient && random.nextInt(4) == 0) {
      pause(ws);
    }
  }

  private void pause(WebSocket ws) {
    ws.pause();
    Duration delay = Duration.ofMillis(random.nextInt(200));
    ws.loop().schedule(delay, ws::resume);
  }

  @Override
  public void closed(WebSocket ws, int closeCode, String why) {
    timesClosed++;
    code = closeCode;
    reason = why;
  }

  private void later(WebSocket ws, Runnable what) {
    Duration delay = Duration.ofNanos(random.nextInt(50_000_000));
    switch (random.nextInt(3)) {
      case 0 -> ws.loop().execute(what);
      case 1 -> network.after(delay, what);
      default -> ws.loop().schedule(delay, what);
    }
  }

  // ---- what must be true in the end

  void verify(Talker other) {
    if (wrong != null) {
      throw new AssertionError(wrong);
    }
    if (socket == null) {
      return;
    }
    assertThat(timesClosed == 1, "closed " + timesClosed + " times", other);
    assertThat(!socket.isOpen() && socket.queuedBytes() == 0, "something is left", other);
    assertThat(
        received.size() <= other.sent.size() + (other.underWay == null ? 0 : 1), "more", other);
    int common = Math.min(received.size(), other.sent.size());
    assertThat(
        received.subList(0, common).equals(other.sent.subList(0, common)), "other words", other);
    switch (code) {
      case CloseCode.ABNORMAL -> assertThat(!reason.isEmpty(), "an end without a reason", other);
      case CloseCode.NORMAL, CloseCode.GOING_AWAY -> {
        if (other.hasClosed && !hasClosed && code == CloseCode.NORMAL) {
          assertThat(received.equals(other.sent), "closed in order, but words are missing", other);
        }
      }
      default -> assertThat(false, "nobody broke the protocol", other);
    }
  }

  private static String told(boolean text, byte[] payload) {
    return (text ? "T" : "B") + new String(payload, StandardCharsets.ISO_8859_1);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      wrong = this + ": " + otherwise;
    }
  }

  private void assertThat(boolean holds, String otherwise, Talker other) {
    if (!holds) {
      throw new AssertionError(this + ": " + otherwise + "; the other is " + other);
    }
  }

  @Override
  public String toString() {
    return name
        + " (sent "
        + sent.size()
        + " of "
        + messages
        + ", heard "
        + received.size()
        + (hasClosed ? ", has closed" : "")
        + ", closed "
        + timesClosed
        + "x with "
        + code
        + ": "
        + reason
        + ")";
  }
}
