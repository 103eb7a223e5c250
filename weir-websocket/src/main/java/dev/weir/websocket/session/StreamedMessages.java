package dev.weir.websocket.session;

import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on messages piece by piece as they come, text cut between characters.
 *
 * <p>Keeps at most the three bytes of a character that was cut by the network or by the sender's
 * fragments, which know nothing of characters.
 */
final class StreamedMessages implements MessageReceiver {

  private static final int LONGEST_CHARACTER = 4;

  private final SessionListener listener;
  private final long maxBytes;
  private final TextCheck check = new TextCheck();
  private boolean text;
  private long size;
  private @Nullable ByteBuffer cut;

  StreamedMessages(SessionListener listener, long maxBytes) {
    this.listener = listener;
    this.maxBytes = maxBytes;
  }

  @Override
  public void begin(boolean text) {
    this.text = text;
    size = 0;
    cut = null;
    check.begin();
  }

  @Override
  public void announce(long bytes, boolean last) {
    if (bytes > maxBytes - size) {
      throw new WebSocketException.MessageTooBig(maxBytes);
    }
  }

  @Override
  public long room() {
    return maxBytes - size;
  }

  @Override
  public void piece(ByteBuffer bytes, boolean last, boolean ascii) {
    if (bytes.remaining() > maxBytes - size) {
      throw new WebSocketException.MessageTooBig(maxBytes);
    }
    size += bytes.remaining();
    if (text) {
      check.piece(bytes, last, ascii);
      characters(bytes, last);
    } else if (bytes.hasRemaining() || last) {
      listener.piece(false, bytes, last);
    }
  }

  private void characters(ByteBuffer bytes, boolean last) {
    ByteBuffer character = cut;
    if (character != null) {
      int length = lengthOf(character.get(0));
      while (character.position() < length && bytes.hasRemaining()) {
        character.put(bytes.get());
      }
      if (character.position() < length) {
        return;
      }
      cut = null;
      boolean all = last && !bytes.hasRemaining();
      listener.piece(true, character.flip(), all);
      if (all) {
        return;
      }
    }
    int pending = check.pending();
    if (pending > 0) {
      int boundary = bytes.limit() - pending;
      cut = ByteBuffer.allocate(LONGEST_CHARACTER).put(0, bytes, boundary, pending);
      cut.position(pending);
      bytes.limit(boundary);
    }
    if (bytes.hasRemaining() || last) {
      listener.piece(true, bytes, last);
    }
  }

  private static int lengthOf(byte lead) {
    int octet = lead & 0xFF;
    return octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : LONGEST_CHARACTER;
  }
}
