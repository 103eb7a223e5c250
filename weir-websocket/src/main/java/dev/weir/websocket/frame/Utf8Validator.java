package dev.weir.websocket.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 (RFC 3629) that comes in pieces, and fails at the first byte that cannot belong.
 *
 * <p>An automaton of nine states, each a place in a long: the row of a byte holds, at the place of
 * each state, the place of the next. So a step is one load, which waits for nothing, and one shift.
 * What is ASCII is passed over eight bytes at a time.
 *
 * <p>Keeps two numbers between pieces. Not thread-safe.
 */
public final class Utf8Validator {

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long TOP_BITS = 0x8080_8080_8080_8080L;

  /** What is left of a shift's distance: the bits of a place. */
  private static final int PLACE = Long.SIZE - 1;

  /** A byte was wrong: whatever is not in a row leads here, and nothing leads away. */
  private static final int WRONG = 0;

  /** Between characters. */
  private static final int COMPLETE = 6;

  /** So many further bytes, of any value, complete the character. */
  private static final int ONE_MISSING = 12;

  private static final int TWO_MISSING = 18;
  private static final int THREE_MISSING = 24;

  /** After these first bytes the second has a range of its own (RFC 3629 4). */
  private static final int AFTER_E0 = 30;

  private static final int AFTER_ED = 36;
  private static final int AFTER_F0 = 42;
  private static final int AFTER_F4 = 48;

  private static final long[] ROWS = rows();

  private int state = COMPLETE;
  private int pending;

  /** Makes a validator at the start of a text. */
  public Utf8Validator() {}

  private static long[] rows() {
    long[] rows = new long[1 << Byte.SIZE];
    lead(rows, 0x00, 0x7F, COMPLETE);
    lead(rows, 0xC2, 0xDF, ONE_MISSING);
    lead(rows, 0xE0, 0xEF, TWO_MISSING);
    lead(rows, 0xF0, 0xF4, THREE_MISSING);
    further(rows, 0x80, 0xBF, ONE_MISSING, COMPLETE);
    further(rows, 0x80, 0xBF, TWO_MISSING, ONE_MISSING);
    further(rows, 0x80, 0xBF, THREE_MISSING, TWO_MISSING);
    // No overlong forms, no surrogates, nothing beyond 10FFFF.
    lead(rows, 0xE0, 0xE0, AFTER_E0);
    further(rows, 0xA0, 0xBF, AFTER_E0, ONE_MISSING);
    lead(rows, 0xED, 0xED, AFTER_ED);
    further(rows, 0x80, 0x9F, AFTER_ED, ONE_MISSING);
    lead(rows, 0xF0, 0xF0, AFTER_F0);
    further(rows, 0x90, 0xBF, AFTER_F0, TWO_MISSING);
    lead(rows, 0xF4, 0xF4, AFTER_F4);
    further(rows, 0x80, 0x8F, AFTER_F4, TWO_MISSING);
    return rows;
  }

  private static void lead(long[] rows, int first, int last, int then) {
    for (int octet = first; octet <= last; octet++) {
      rows[octet] = (long) then << COMPLETE;
    }
  }

  private static void further(long[] rows, int first, int last, int state, int then) {
    for (int octet = first; octet <= last; octet++) {
      rows[octet] |= (long) then << state;
    }
  }

  /**
   * Validates the next piece of the text, from position to limit, which stay untouched.
   *
   * @param piece the bytes
   * @return the index of the first byte that is wrong, or -1 if there is none
   */
  public int wrongAt(ByteBuffer piece) {
    int now = state;
    int end = piece.limit();
    int i = piece.position();
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONG.get(piece, i);
      if (now != COMPLETE || (word & TOP_BITS) != 0) {
        int then = afterEight(now, word);
        if (then == WRONG) {
          break;
        }
        now = then;
      }
    }
    for (; i < end; i++) {
      int then = after(now, piece.get(i) & 0xFF);
      if (then == WRONG) {
        stopAt(now, piece, i);
        return i;
      }
      now = then;
    }
    stopAt(now, piece, end);
    return -1;
  }

  private void stopAt(int now, ByteBuffer piece, int end) {
    state = now;
    pending = now == COMPLETE ? 0 : cutAt(piece, end);
  }

  private static int afterEight(int state, long word) {
    int now = state;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      now = after(now, (int) (word >>> shift) & 0xFF);
    }
    return now;
  }

  private static int after(int state, int octet) {
    return (int) (ROWS[octet] >>> state) & PLACE;
  }

  /** How many bytes have come of the character that is cut at {@code end}. */
  private int cutAt(ByteBuffer piece, int end) {
    int start = piece.position();
    for (int i = end - 1; i >= start; i--) {
      if (isLead(piece.get(i))) {
        return end - i;
      }
    }
    return pending + end - start;
  }

  private static boolean isLead(byte octet) {
    return (octet & 0xC0) == 0xC0;
  }

  /**
   * Tells whether the text may end here.
   *
   * @return whether the last character is complete
   */
  public boolean isComplete() {
    return state == COMPLETE;
  }

  /**
   * Returns how many bytes of a character that is not complete came already.
   *
   * @return 0 to 3
   */
  public int pending() {
    return pending;
  }

  /** Returns to the start of a text. */
  public void reset() {
    state = COMPLETE;
    pending = 0;
  }
}
