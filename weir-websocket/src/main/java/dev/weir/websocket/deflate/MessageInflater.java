package dev.weir.websocket.deflate;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one connection (RFC 7692 7.2.2), step by step into buffers that are
 * lent, so that a message cannot make more of itself than its reader wants.
 *
 * <p>The window is of 32 KiB whatever was negotiated: a peer with a smaller one never reaches
 * further back. A block marked as the last of its stream ({@code BFINAL}) is allowed anywhere; as
 * every compressor starts anew after one, history ends there too.
 */
public final class MessageInflater {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What the sender left out at the end of each message. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final CompressorPool pool;
  private final boolean takeover;
  private @Nullable Inflater inflater;
  private int tailLeft;

  /** Whether nothing came since the start of the message or of a new stream within it. */
  private boolean atBoundary;

  MessageInflater(CompressorPool pool, boolean takeover) {
    this.pool = pool;
    this.takeover = takeover;
  }

  /** Starts a message. */
  public void begin() {
    tailLeft = TAIL.length;
    atBoundary = true;
    if (inflater == null) {
      inflater = pool.takeInflater();
    }
  }

  /**
   * Inflates from {@code in} into {@code out} until one of them is used up.
   *
   * @param in compressed payload; its position moves past what was used
   * @param last whether the message ends with it
   * @param out where to
   * @return whether all of {@code in} is inflated; if not, {@code out} is full, and the next call
   *     goes on with the rest of {@code in}, which may be empty
   * @throws WebSocketException.Violation with 1007 if the payload is not what deflate makes
   */
  public boolean inflate(ByteBuffer in, boolean last, ByteBuffer out) {
    Inflater current = inflater;
    if (current == null) {
      throw new IllegalStateException("no message is under way");
    }
    boolean done;
    try {
      done = inflate(current, in, last, out);
    } catch (DataFormatException e) {
      throw new WebSocketException.Violation(
          CloseCode.INVALID_PAYLOAD,
          "RFC 7692 7.2.2",
          "compressed message is broken: " + e.getMessage());
    } finally {
      current.setInput(NOTHING);
    }
    if (done && last && !takeover) {
      release();
    }
    return done;
  }

  private boolean inflate(Inflater current, ByteBuffer in, boolean last, ByteBuffer out)
      throws DataFormatException {
    while (out.hasRemaining()) {
      if (in.hasRemaining()) {
        atBoundary = false;
        current.setInput(in);
        current.inflate(out);
      } else if (last && tailLeft > 0 && !atBoundary) {
        current.setInput(TAIL, TAIL.length - tailLeft, tailLeft);
        current.inflate(out);
        tailLeft = current.getRemaining();
      } else {
        current.inflate(out);
        return out.hasRemaining();
      }
      if (current.finished()) {
        current.reset();
        atBoundary = true;
      }
    }
    return false;
  }

  /**
   * Lends a buffer to inflate into.
   *
   * @return an empty buffer, to be given back when its content was used
   */
  public ByteBuffer takeScratch() {
    return pool.takeScratch();
  }

  /**
   * Takes a buffer back.
   *
   * @param scratch as {@link #takeScratch} lent it
   */
  public void giveScratch(ByteBuffer scratch) {
    pool.giveScratch(scratch);
  }

  /** Tells whether it holds the peer's history, or a message under way. */
  public boolean isHolding() {
    return inflater != null;
  }

  /** Ends the connection's use of its inflater, and with it the peer's history. */
  public void release() {
    Inflater current = inflater;
    if (current != null) {
      inflater = null;
      pool.give(current);
    }
  }
}
