package dev.weir.websocket.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 (RFC 3629) that comes in pieces, and fails at the first byte that cannot belong.
 *
 * <p>After each byte the next one must lie in a range. For the first byte of a character that is
 * any of ASCII and C2 to F4; for a further one 80 to BF, narrowed after E0, ED, F0 and F4 so that
 * overlong forms, surrogates and numbers beyond 10FFFF are out at their second byte.
 *
 * <p>Keeps three numbers between pieces. Not thread-safe.
 */
public final class Utf8Validator {

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long TOP_BITS = 0x8080_8080_8080_8080L;

  private static final int LEAST_FURTHER = 0x80;
  private static final int MOST_FURTHER = 0xBF;

  private byte missing;
  private byte seen;
  private int least = LEAST_FURTHER;
  private int most = MOST_FURTHER;

  /** Makes a validator at the start of a text. */
  public Utf8Validator() {}

  /**
   * Validates the next piece of the text, from position to limit, which stay untouched.
   *
   * @param piece the bytes
   * @return the index of the first byte that is wrong, or -1 if there is none
   */
  public int wrongAt(ByteBuffer piece) {
    int i = piece.position();
    int end = piece.limit();
    while (i < end) {
      if (missing == 0) {
        i = pastAscii(piece, i, end);
        if (i == end) {
          break;
        }
      }
      int octet = piece.get(i) & 0xFF;
      if (missing == 0 ? !lead(octet) : !further(octet)) {
        return i;
      }
      i++;
    }
    return -1;
  }

  private static int pastAscii(ByteBuffer piece, int from, int end) {
    int i = from;
    while (i <= end - Long.BYTES && ((long) LONG.get(piece, i) & TOP_BITS) == 0) {
      i += Long.BYTES;
    }
    while (i < end && piece.get(i) >= 0) {
      i++;
    }
    return i;
  }

  private boolean lead(int octet) {
    if (octet < 0xC2 || octet > 0xF4) {
      return false;
    }
    missing = (byte) (octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3);
    seen = 1;
    least =
        switch (octet) {
          case 0xE0 -> 0xA0;
          case 0xF0 -> 0x90;
          default -> LEAST_FURTHER;
        };
    most =
        switch (octet) {
          case 0xED -> 0x9F;
          case 0xF4 -> 0x8F;
          default -> MOST_FURTHER;
        };
    return true;
  }

  private boolean further(int octet) {
    if (octet < least || octet > most) {
      return false;
    }
    least = LEAST_FURTHER;
    most = MOST_FURTHER;
    missing--;
    seen++;
    return true;
  }

  /**
   * Tells whether the text may end here.
   *
   * @return whether the last character is complete
   */
  public boolean isComplete() {
    return missing == 0;
  }

  /**
   * Returns how many bytes of a character that is not complete came already.
   *
   * @return 0 to 3
   */
  public int pending() {
    return missing == 0 ? 0 : seen;
  }

  /** Returns to the start of a text. */
  public void reset() {
    missing = 0;
    least = LEAST_FURTHER;
    most = MOST_FURTHER;
  }
}
