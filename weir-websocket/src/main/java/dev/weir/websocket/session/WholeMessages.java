package dev.weir.websocket.session;

import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on whole messages: as they lie in the input if they came in one piece, else gathered.
 *
 * <p>Memory follows what came, never what a header announces, and is released with the message.
 */
final class WholeMessages implements MessageReceiver {

  private static final int LEAST_CAPACITY = 256;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final SessionListener listener;
  private final int maxBytes;
  private final TextCheck check = new TextCheck();
  private boolean text;
  private @Nullable ByteBuffer gathered;
  private long end;

  WholeMessages(SessionListener listener, long maxBytes) {
    this.listener = listener;
    this.maxBytes = (int) Math.min(maxBytes, MAX_ARRAY);
  }

  @Override
  public void begin(boolean text) {
    this.text = text;
    gathered = null;
    end = Long.MAX_VALUE;
    check.begin();
  }

  @Override
  public void announce(long bytes, boolean last) {
    long total = size() + bytes;
    requireWithinLimit(total);
    end = last ? total : Long.MAX_VALUE;
  }

  @Override
  public long room() {
    return (long) maxBytes - size();
  }

  @Override
  public void piece(ByteBuffer bytes, boolean last, boolean ascii) {
    requireWithinLimit((long) size() + bytes.remaining());
    if (text) {
      check.piece(bytes, last, ascii);
    }
    if (last && gathered == null) {
      deliver(bytes);
    } else {
      ByteBuffer all = roomFor(bytes.remaining()).put(bytes);
      if (last) {
        gathered = null;
        deliver(all.flip());
      }
    }
  }

  private void deliver(ByteBuffer message) {
    if (text) {
      listener.text(message);
    } else {
      listener.binary(message);
    }
  }

  private ByteBuffer roomFor(int bytes) {
    ByteBuffer now = gathered;
    if (now == null || now.remaining() < bytes) {
      int needed = size() + bytes;
      long generous = Math.max(2L * needed, LEAST_CAPACITY);
      int capacity = (int) Math.min(generous, Math.min(end, maxBytes));
      var larger = ByteBuffer.allocate(Math.max(capacity, needed));
      now = now == null ? larger : larger.put(now.flip());
      gathered = now;
    }
    return now;
  }

  private int size() {
    return gathered == null ? 0 : gathered.position();
  }

  private void requireWithinLimit(long bytes) {
    if (bytes > maxBytes) {
      throw new WebSocketException.MessageTooBig(maxBytes);
    }
  }
}
