package dev.weir.websocket;

import dev.weir.websocket.session.WebSocketSession;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were accepted and have not left yet, in order. Made when the first of them waits.
 */
final class SendQueue {

  /** One message, and what there is left of it. */
  record Entry(boolean text, ByteBuffer payload, Coding coding) {

    /** How the payload of a message is coded. */
    enum Coding {
      /** Not yet: it is compressed where that is agreed on. */
      OPEN,
      /** It leaves uncompressed. */
      PLAIN,
      /** It is compressed already. */
      COMPRESSED
    }

    static Entry of(boolean text, ByteBuffer payload) {
      return new Entry(text, payload, Coding.OPEN);
    }

    static Entry of(EncodedMessage message, EncodedMessage.Form form) {
      Coding coding = form.compressed() ? Coding.COMPRESSED : Coding.PLAIN;
      return new Entry(message.isText(), form.payload(), coding);
    }

    /** Sends what there is room for; true if that was all. */
    boolean leave(WebSocketSession session) {
      if (coding != Coding.OPEN) {
        return session.sendEncoded(text, payload, coding == Coding.COMPRESSED);
      }
      return text ? session.sendText(payload, true) : session.sendBinary(payload, true);
    }
  }

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private @Nullable Runnable whenEmpty;

  void add(Entry entry) {
    entries.add(entry);
  }

  /** Has {@code then} run when all has left: a close does not overtake messages. */
  void whenEmpty(Runnable then) {
    whenEmpty = then;
  }

  void emptied() {
    if (whenEmpty != null) {
      whenEmpty.run();
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** How many bytes wait. */
  int bytes() {
    return entries.stream().mapToInt(entry -> entry.payload.remaining()).sum();
  }

  /**
   * Sends what there is room for.
   *
   * @return how many bytes left
   */
  int drain(WebSocketSession session) {
    int left = 0;
    Entry entry;
    while ((entry = entries.peek()) != null) {
      int before = entry.payload.remaining();
      boolean whole = entry.leave(session);
      left += before - entry.payload.remaining();
      if (!whole) {
        break;
      }
      entries.remove();
    }
    return left;
  }
}
