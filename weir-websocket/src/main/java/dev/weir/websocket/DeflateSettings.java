package dev.weir.websocket;

/**
 * How this end compresses, and what it asks of its peer (RFC 7692). Immutable; start from {@link
 * #SERVER} or {@link #CLIENT}.
 *
 * @param level zlib's level, 0 to 9: from fast to small
 * @param leastBytes messages shorter than this go uncompressed, as they hardly shrink
 * @param ownTakeover whether this end keeps its history from message to message, if the peer
 *     agrees; makes messages that resemble each other much smaller
 * @param peerTakeover whether the peer may keep its history; then this end holds a window of 32 KiB
 *     for it as long as the connection lives, even while it is idle
 * @param ownWindowBits the reach of this end's back references as a power of two, 8 to 15
 * @param peerWindowBits the reach that the peer is asked to keep to, 8 to 15; spares this end
 *     nothing, as it always inflates with a window of 32 KiB
 */
public record DeflateSettings(
    int level,
    int leastBytes,
    boolean ownTakeover,
    boolean peerTakeover,
    int ownWindowBits,
    int peerWindowBits) {

  /** The smallest window that can be negotiated, of 256 bytes (RFC 7692 7.1.2). */
  public static final int LEAST_WINDOW_BITS = 8;

  /** The largest window, of 32 KiB. */
  public static final int MOST_WINDOW_BITS = 15;

  /** For servers: clients keep no history, so that an idle connection holds no memory. */
  public static final DeflateSettings SERVER = new DeflateSettings(1, 64, true, false, 15, 15);

  /** For clients, which have few connections. */
  public static final DeflateSettings CLIENT = new DeflateSettings(1, 64, true, true, 15, 15);

  /** Checks the ranges. */
  public DeflateSettings {
    requireRange("level", level, 0, 9);
    requireRange("leastBytes", leastBytes, 0, Integer.MAX_VALUE);
    requireRange("ownWindowBits", ownWindowBits, LEAST_WINDOW_BITS, MOST_WINDOW_BITS);
    requireRange("peerWindowBits", peerWindowBits, LEAST_WINDOW_BITS, MOST_WINDOW_BITS);
  }

  private static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + " not within " + least + ".." + most);
    }
  }

  /**
   * Sets zlib's level.
   *
   * @param newLevel see {@link #level}
   * @return settings that differ in this alone
   */
  public DeflateSettings withLevel(int newLevel) {
    return new DeflateSettings(
        newLevel, leastBytes, ownTakeover, peerTakeover, ownWindowBits, peerWindowBits);
  }

  /**
   * Sets the size from which on messages are compressed.
   *
   * @param bytes see {@link #leastBytes}
   * @return settings that differ in this alone
   */
  public DeflateSettings withLeastBytes(int bytes) {
    return new DeflateSettings(
        level, bytes, ownTakeover, peerTakeover, ownWindowBits, peerWindowBits);
  }

  /**
   * Sets who may keep history from message to message.
   *
   * @param own see {@link #ownTakeover}
   * @param peer see {@link #peerTakeover}
   * @return settings that differ in this alone
   */
  public DeflateSettings withTakeover(boolean own, boolean peer) {
    return new DeflateSettings(level, leastBytes, own, peer, ownWindowBits, peerWindowBits);
  }

  /**
   * Sets how far back references may reach.
   *
   * @param own see {@link #ownWindowBits}
   * @param peer see {@link #peerWindowBits}
   * @return settings that differ in this alone
   */
  public DeflateSettings withWindowBits(int own, int peer) {
    return new DeflateSettings(level, leastBytes, ownTakeover, peerTakeover, own, peer);
  }
}
