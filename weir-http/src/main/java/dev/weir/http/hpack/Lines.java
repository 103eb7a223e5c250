package dev.weir.http.hpack;

/** Takes the field lines of a block, in their order. */
@FunctionalInterface
public interface Lines {

  /**
   * One field line. It must not throw: what comes after it in the block changes the dynamic table,
   * so a message that is malformed is remembered as such, and refused when the block has ended.
   *
   * @param name possibly malformed
   * @param value one character an octet
   * @param wellFormed whether the value may stand in a message (RFC 9113 8.2.1)
   * @param neverIndexed whether it must stay a never-indexed literal when it is sent on (RFC 7541
   *     6.2.3)
   */
  void line(LineName name, String value, boolean wellFormed, boolean neverIndexed);
}
