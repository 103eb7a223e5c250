package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.OctetWords;
import java.nio.ByteBuffer;

/**
 * Reads a head, of a request or a response, once it is there as a whole; until then it keeps
 * nothing but a few numbers. Most heads come as a whole and without fault: those are read in one
 * pass. What is not like that the scanner looks at, which finds the first fault however the bytes
 * arrive. A start line that is whole is checked at once, so that a peer that speaks something else
 * need not be waited for.
 *
 * @param <H> the head to fill
 */
final class HeadReader<H> {
  /** Heads that are longer are left to the scanner. */
  private static final int MOST_AT_ONCE = 2048;

  private static final int FIRST_GUESS = 512;
  private static final long LINE_FEEDS = OctetWords.eight('\n');

  private final Role role;
  private final HttpLimits limits;
  private final StartLine<H> startLine;
  private final HeadScanner scanner;
  private boolean startLineChecked;

  /** No head of that many bytes can pass a limit on lines. */
  private final int mostAtOnce;

  /** How many bytes are taken for a head at first: heads are alike. */
  private int guess = FIRST_GUESS;

  HeadReader(Role role, HttpLimits limits, StartLine<H> startLine, int emptyLinesAllowed) {
    this.role = role;
    this.limits = limits;
    this.startLine = startLine;
    this.scanner = HeadScanner.ofHead(limits, emptyLinesAllowed);
    this.mostAtOnce =
        Math.min(
            Math.min(MOST_AT_ONCE, limits.headerSectionBytes()),
            Math.min(limits.requestLineBytes(), limits.fieldLineBytes()));
  }

  /**
   * Reads a head from the position on and moves the position behind it; or, if it is not all there,
   * leaves its bytes to be presented again.
   *
   * @return whether {@code head} and {@code fields} are filled
   */
  boolean read(ByteBuffer in, H head, FieldTable fields) {
    if (scanner.isFresh()) {
      int length = readAtOnce(in, head, fields);
      if (length >= 0) {
        in.position(in.position() + length);
        return true;
      }
    }
    return readScanned(in, head, fields);
  }

  /**
   * Reads a head that is whole and without fault; answers its length, or else a negative number.
   */
  private int readAtOnce(ByteBuffer in, H head, FieldTable fields) {
    int most = Math.min(in.remaining(), mostAtOnce);
    int there = Math.min(guess, most);
    int length = tryHead(in, there, head, fields);
    if (length < 0 && there < most) {
      length = tryHead(in, most, head, fields);
    }
    if (length >= 0) {
      guess = Math.max(FIRST_GUESS, length << 1);
    }
    return length;
  }

  private int tryHead(ByteBuffer in, int there, H head, FieldTable fields) {
    var bytes = fields.load(in, there);
    int sectionFrom = lineEnd(bytes, there);
    if (sectionFrom < 2 || bytes[sectionFrom - 2] != '\r') {
      return FieldParser.NOT_WHOLE;
    }
    try {
      startLine.read(bytes, sectionFrom, head);
      return FieldParser.parse(
          role, fields, sectionFrom, there, limits.headerCount(), "headerCount");
    } catch (HttpError e) {
      // There may be a fault before this one that only the scanner sees.
      return FieldParser.NOT_WHOLE;
    }
  }

  /** The offset behind the first LF, or 0. */
  private static int lineEnd(byte[] bytes, int there) {
    for (int i = 0; i < there; i += Long.BYTES) {
      long found = OctetWords.search(OctetWords.get(bytes, i), LINE_FEEDS);
      if (found != 0) {
        int at = i + OctetWords.first(found);
        return at < there ? at + 1 : 0;
      }
    }
    return 0;
  }

  private boolean readScanned(ByteBuffer in, H head, FieldTable fields) {
    if (!scanner.scan(in)) {
      if (!startLineChecked && scanner.startLineLength() > 0) {
        int end = scanner.startLineLength();
        startLine.read(fields.load(in, end), end, head);
        startLineChecked = true;
      }
      return false;
    }
    int length = scanner.length();
    var fault = scanner.fault();
    if (length > 0) {
      var bytes = fields.load(in, length);
      int sectionFrom = scanner.startLineLength();
      startLine.read(bytes, sectionFrom, head);
      int sectionTo = fault == HeadScanner.Fault.NONE ? length - 2 : length;
      FieldParser.parse(role, fields, sectionFrom, sectionTo, limits.headerCount(), "headerCount");
    }
    if (fault == HeadScanner.Fault.START_LINE_TOO_LONG) {
      throw startLine.tooLong(scanner.faultyLine(in));
    }
    if (fault != HeadScanner.Fault.NONE) {
      throw scanner.error(role, in);
    }
    in.position(in.position() + length);
    scanner.reset();
    startLineChecked = false;
    return true;
  }
}
