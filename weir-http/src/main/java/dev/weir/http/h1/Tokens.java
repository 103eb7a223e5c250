package dev.weir.http.h1;

/** Compares tokens in place. */
final class Tokens {
  private Tokens() {}

  /** Whether the bytes are the token, which is given in lower case, in any case. */
  static boolean same(byte[] token, byte[] bytes, int from, int to) {
    if (to - from != token.length) {
      return false;
    }
    for (int i = 0; i < token.length; i++) {
      byte b = bytes[from + i];
      if (token[i] != (b >= 'A' && b <= 'Z' ? b | 0x20 : b)) {
        return false;
      }
    }
    return true;
  }
}
