package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.fields.Octets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds where a head or trailer section ends, looking at each byte once however the bytes arrive:
 * it remembers how far it came, so that a head sent byte by byte costs no more than a whole one.
 *
 * <p>The caller presents the same unconsumed bytes again with more behind them, at any address. The
 * limits on lines are kept here, because they must hold before a line is whole; and a bare LF is
 * refused here (RFC 9112 2.2), because a head with such line ends would never end. All other rules
 * are for those who read the lines. A fault in one line counts only if no line before it has one:
 * the caller reads the {@link #length} bytes of whole lines first, then looks at {@link #fault}; so
 * the outcome does not depend on where the bytes were split.
 */
final class HeadScanner {
  /** What the scanner found wrong with the line after the whole ones. */
  enum Fault {
    NONE,
    BARE_LF,
    EMPTY_LINES,
    START_LINE_TOO_LONG,
    FIELD_LINE_TOO_LONG,
    SECTION_TOO_LONG
  }

  /** Reads eight bytes, the first the lowest, whatever the byte order of the buffer. */
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int NO_SECTION_YET = -1;

  private final int startLineBytes;
  private final int fieldLineBytes;
  private final int sectionBytes;
  private final int emptyLinesAllowed;

  private int emptyLines;
  private int scanned;
  private int lineFrom;

  /** Where the field lines start, once the start line is whole. */
  private int sectionFrom;

  /** The LF of the current line must come before this. */
  private int bound;

  private int length;
  private Fault fault = Fault.NONE;

  private HeadScanner(
      int startLineBytes, int fieldLineBytes, int sectionBytes, int emptyLinesAllowed) {
    this.startLineBytes = startLineBytes;
    this.fieldLineBytes = fieldLineBytes;
    this.sectionBytes = sectionBytes;
    this.emptyLinesAllowed = emptyLinesAllowed;
    reset();
  }

  /** For a start line and header section, after at most that many empty lines (RFC 9112 2.2). */
  static HeadScanner ofHead(HttpLimits limits, int emptyLinesAllowed) {
    return new HeadScanner(
        limits.requestLineBytes(),
        limits.fieldLineBytes(),
        limits.headerSectionBytes(),
        emptyLinesAllowed);
  }

  /** For a trailer section, which has no start line (RFC 9112 7.1.2). */
  static HeadScanner ofTrailers(HttpLimits limits) {
    return new HeadScanner(0, limits.fieldLineBytes(), limits.trailerSectionBytes(), 0);
  }

  /** Makes ready for the next head. */
  void reset() {
    emptyLines = 0;
    fault = Fault.NONE;
    restart();
  }

  /** Whether it has looked at nothing since it was made ready. */
  boolean isFresh() {
    return scanned == 0 && emptyLines == 0;
  }

  private void restart() {
    scanned = 0;
    lineFrom = 0;
    sectionFrom = startLineBytes > 0 ? NO_SECTION_YET : 0;
    length = 0;
    bound = nextBound();
  }

  private int nextBound() {
    return sectionFrom == NO_SECTION_YET
        ? startLineBytes
        : Math.min(lineFrom + fieldLineBytes, sectionFrom + sectionBytes);
  }

  /**
   * Looks at the bytes that are new since the last call, and moves the position over empty lines
   * before the start line, nothing else.
   *
   * @return whether the end or a fault was found; if not, call again with more bytes
   */
  boolean scan(ByteBuffer in) {
    while (true) {
      int base = in.position();
      int end = Math.min(in.remaining(), bound);
      int lf = indexOfLf(in, base + scanned, base + end) - base;
      if (lf == end) {
        scanned = end;
        return end == bound && stop(tooLong());
      }
      scanned = lf + 1;
      if (lf == lineFrom || in.get(base + lf - 1) != '\r') {
        return stop(Fault.BARE_LF);
      }
      if (lf > lineFrom + 1) {
        lineFrom = scanned;
        if (sectionFrom == NO_SECTION_YET) {
          sectionFrom = scanned;
        }
        bound = nextBound();
      } else if (sectionFrom != NO_SECTION_YET) {
        length = scanned;
        return true;
      } else if (emptyLines++ == emptyLinesAllowed) {
        return stop(Fault.EMPTY_LINES);
      } else {
        in.position(base + scanned);
        restart();
      }
    }
  }

  private boolean stop(Fault found) {
    fault = found;
    length = lineFrom;
    return true;
  }

  private Fault tooLong() {
    if (sectionFrom == NO_SECTION_YET) {
      return Fault.START_LINE_TOO_LONG;
    }
    return bound == lineFrom + fieldLineBytes ? Fault.FIELD_LINE_TOO_LONG : Fault.SECTION_TOO_LONG;
  }

  /** The index of the first LF in {@code from} to {@code to}, or {@code to}. */
  private static int indexOfLf(ByteBuffer in, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long zeroAtLf = (long) LONG.get(in, i) ^ LINE_FEEDS;
      long found = (zeroAtLf - ONES) & ~zeroAtLf & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >> 3);
      }
    }
    while (i < to && in.get(i) != '\n') {
      i++;
    }
    return i;
  }

  /** How many bytes the whole lines take: with the empty line at the end if there is no fault. */
  int length() {
    return length;
  }

  /** What ended the scan before the end of the head. */
  Fault fault() {
    return fault;
  }

  /** The bytes of the faulty line up to the fault. */
  byte[] faultyLine(ByteBuffer in) {
    var line = new byte[scanned - lineFrom];
    in.get(in.position() + lineFrom, line);
    return line;
  }

  /** What to say of the fault, unless it is in the start line. */
  HttpError error(Role role, ByteBuffer in) {
    var line = faultyLine(in);
    var received = Octets.quote(line, 0, line.length);
    boolean trailers = startLineBytes == 0;
    return switch (fault) {
      case BARE_LF ->
          role.malformed(
              "RFC 9112 2.2",
              "a line ended by LF alone: " + received,
              "CR LF",
              "end lines by CR LF");
      case EMPTY_LINES ->
          role.malformed(
              "RFC 9112 2.2",
              "more than " + emptyLinesAllowed + " empty lines",
              "a start line",
              "send nothing between messages");
      case FIELD_LINE_TOO_LONG ->
          role.fieldsTooLarge("a longer field line: " + received, "fieldLineBytes", fieldLineBytes);
      case SECTION_TOO_LONG ->
          role.fieldsTooLarge(
              trailers ? "a longer trailer section" : "a longer header section",
              trailers ? "trailerSectionBytes" : "headerSectionBytes",
              sectionBytes);
      case NONE, START_LINE_TOO_LONG -> throw new IllegalStateException(fault.toString());
    };
  }

  /** How many bytes the start line takes with its line end, or -1 while it is not whole. */
  int startLineLength() {
    return sectionFrom;
  }
}
