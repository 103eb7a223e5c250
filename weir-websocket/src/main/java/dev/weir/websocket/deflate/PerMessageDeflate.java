package dev.weir.websocket.deflate;

import dev.weir.websocket.DeflateSettings;

/**
 * The extension as it was agreed for one connection (RFC 7692), with the means to carry it out.
 *
 * @param parameters what the handshake agreed on
 * @param settings what this end chose for itself
 * @param pool lends compressors; of the loop that the connection lives on
 */
public record PerMessageDeflate(
    DeflateParameters parameters, DeflateSettings settings, CompressorPool pool) {

  /**
   * Makes what compresses this end's messages.
   *
   * @param server whether this end is the server
   * @return a deflater that holds nothing yet
   */
  public MessageDeflater deflater(boolean server) {
    boolean noTakeover =
        server ? parameters.serverNoContextTakeover() : parameters.clientNoContextTakeover();
    int bits = server ? parameters.serverMaxWindowBits() : parameters.clientMaxWindowBits();
    return new MessageDeflater(
        pool,
        settings.level(),
        settings.ownTakeover() && !noTakeover,
        Math.min(bits, settings.ownWindowBits()));
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
