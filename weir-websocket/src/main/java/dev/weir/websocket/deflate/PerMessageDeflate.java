package dev.weir.websocket.deflate;

import dev.weir.websocket.DeflateSettings;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The extension as it was agreed for one connection (RFC 7692), with the means to carry it out.
 *
 * @param parameters what the handshake agreed on
 * @param settings what this end chose for itself
 * @param pool lends compressors; of the loop that the connection lives on
 */
public record PerMessageDeflate(
    DeflateParameters parameters, DeflateSettings settings, CompressorPool pool) {

  /** What {@link MessageDeflater#deflate} wants at least. */
  private static final int LEAST_ROOM = 16;

  /**
   * Makes what compresses this end's messages.
   *
   * @param server whether this end is the server
   * @return a deflater that holds nothing yet
   */
  public MessageDeflater deflater(boolean server) {
    boolean noTakeover =
        server ? parameters.serverNoContextTakeover() : parameters.clientNoContextTakeover();
    return new MessageDeflater(
        pool, settings.level(), settings.ownTakeover() && !noTakeover, windowBits(server));
  }

  private int windowBits(boolean server) {
    int bits = server ? parameters.serverMaxWindowBits() : parameters.clientMaxWindowBits();
    return Math.min(bits, settings.ownWindowBits());
  }

  /**
   * Tells whether a message is worth compressing, and may be sent as {@link #compressAlone} makes
   * it: if it is no longer than this end's window, no back reference reaches further.
   *
   * @param bytes of its payload
   * @param server whether this end is the server
   * @return whether it may
   */
  public boolean mayShare(int bytes, boolean server) {
    int bits = windowBits(server);
    return bytes >= settings.leastBytes()
        && (bits == DeflateSettings.MOST_WINDOW_BITS || bytes <= 1 << bits);
  }

  /**
   * Compresses a message without regard to others, so that many connections may send it.
   *
   * @param payload its position moves
   * @return the compressed payload, or null if that would not be smaller
   */
  public @Nullable ByteBuffer compressAlone(ByteBuffer payload) {
    if (payload.remaining() <= LEAST_ROOM) {
      return null;
    }
    var deflater =
        new MessageDeflater(pool, settings.level(), false, DeflateSettings.MOST_WINDOW_BITS);
    ByteBuffer out = ByteBuffer.allocate(payload.remaining());
    if (!deflater.deflate(payload, true, out)) {
      deflater.release();
      return null;
    }
    return out.flip();
  }

  /**
   * Makes what inflates the peer's messages.
   *
   * @param server whether this end is the server
   * @return an inflater that holds nothing yet
   */
  public MessageInflater inflater(boolean server) {
    boolean noTakeover =
        server ? parameters.clientNoContextTakeover() : parameters.serverNoContextTakeover();
    return new MessageInflater(pool, !noTakeover);
  }
}
