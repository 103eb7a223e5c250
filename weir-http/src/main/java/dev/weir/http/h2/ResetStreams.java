package dev.weir.http.h2;

/**
 * Remembers which streams this side has reset last: frames for them may be on their way still, and
 * are no error (RFC 9113 5.4.2).
 */
final class ResetStreams {
  private static final int REMEMBERED = 128;
  private static final int[] NONE = {};

  private int[] ids = NONE;
  private int next;

  void add(int id) {
    if (ids.length == 0) {
      ids = new int[REMEMBERED];
    }
    ids[next] = id;
    next = (next + 1) % REMEMBERED;
  }

  boolean contains(int id) {
    for (int reset : ids) {
      if (reset == id) {
        return true;
      }
    }
    return false;
  }
}
