package dev.weir.websocket.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the messages of one connection (RFC 7692 7.2.1), piece by piece into buffers that are
 * lent.
 *
 * <p>{@code java.util.zip} always compresses with a window of 32 KiB. A smaller one is kept by
 * forgetting: before more bytes than the window holds have gone in, a full flush empties the
 * history, so no back reference can reach further. That costs some compression, never correctness.
 *
 * <p>Every piece is flushed, so that the peer can read at once what was taken; the four bytes that
 * end a flush wait here until it is known whether the message goes on.
 */
public final class MessageDeflater {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What a flush ends with, and a message leaves out (RFC 7692 7.2.1). */
  private static final int TAIL_BYTES = 4;

  private final CompressorPool pool;
  private final int level;
  private final boolean takeover;
  private final int window;
  private @Nullable Deflater deflater;
  private int history;
  private int flush = Deflater.NO_FLUSH;
  private int held;
  private int heldBytes;

  MessageDeflater(CompressorPool pool, int level, boolean takeover, int windowBits) {
    this.pool = pool;
    this.level = level;
    this.takeover = takeover;
    this.window = windowBits == 15 ? Integer.MAX_VALUE : 1 << windowBits;
  }

  /**
   * Compresses from {@code payload} into {@code out} until one of them is used up.
   *
   * @param payload its position moves past what was used
   * @param last whether the message ends with it
   * @param out where to; at least 16 bytes
   * @return whether all of {@code payload} is in {@code out}; if not, {@code out} is as full as it
   *     can be, and the next call goes on with the rest of {@code payload}, which may be empty
   */
  public boolean deflate(ByteBuffer payload, boolean last, ByteBuffer out) {
    Deflater current = deflater;
    if (current == null) {
      current = pool.takeDeflater(level);
      deflater = current;
      history = 0;
    }
    for (; heldBytes > 0; heldBytes--) {
      out.put((byte) held);
      held >>>= Byte.SIZE;
    }
    boolean done = deflateAll(current, payload, out);
    if (done && last) {
      out.position(out.position() - TAIL_BYTES);
      if (!takeover) {
        release();
      }
    } else {
      hold(out);
    }
    return done;
  }

  private boolean deflateAll(Deflater current, ByteBuffer payload, ByteBuffer out) {
    int end = payload.limit();
    try {
      do {
        int chunk = Math.min(payload.remaining(), window - history);
        if (flush == Deflater.NO_FLUSH) {
          boolean windowFull = chunk == window - history;
          flush = windowFull ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
        }
        int start = payload.position();
        current.setInput(payload.limit(start + chunk));
        current.deflate(out, flush);
        payload.limit(end);
        if (window != Integer.MAX_VALUE) {
          history += payload.position() - start;
        }
        if (!out.hasRemaining()) {
          return false;
        }
        if (flush == Deflater.FULL_FLUSH) {
          history = 0;
        }
        flush = Deflater.NO_FLUSH;
      } while (payload.hasRemaining());
      return true;
    } finally {
      payload.limit(end);
      current.setInput(NOTHING);
    }
  }

  /** Takes the last bytes back: they may turn out to be what the message must leave out. */
  private void hold(ByteBuffer out) {
    int end = out.position();
    heldBytes = TAIL_BYTES;
    held = 0;
    for (int i = 1; i <= TAIL_BYTES; i++) {
      held = held << Byte.SIZE | (out.get(end - i) & 0xFF);
    }
    out.position(end - TAIL_BYTES);
  }

  /**
   * Gives the compressor back and forgets the history, which the peer does not notice. Only between
   * messages.
   */
  public void release() {
    Deflater current = deflater;
    if (current != null) {
      deflater = null;
      pool.give(current);
    }
  }
}
