package dev.weir.http.hpack;

/**
 * Which lines were sent not long ago, by their hashes: what comes a second time will come a third
 * time, so it is worth a place in the dynamic table; what comes once is not. Each hash has one
 * slot, which the latest takes; a mistake costs a few octets.
 */
final class RecentHashes {
  private static final int SLOT_BITS = 6;
  private static final int[] NONE = {};

  private int[] hashes = NONE;

  boolean contains(int hash) {
    return hashes.length > 0 && hashes[slot(hash)] == hash;
  }

  void add(int hash) {
    if (hashes.length == 0) {
      hashes = new int[1 << SLOT_BITS];
    }
    hashes[slot(hash)] = hash;
  }

  private static int slot(int hash) {
    return (hash * 0x9e3779b1) >>> (Integer.SIZE - SLOT_BITS);
  }
}
