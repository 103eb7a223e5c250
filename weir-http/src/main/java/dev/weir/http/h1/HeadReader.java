package dev.weir.http.h1;

import dev.weir.http.HttpLimits;
import dev.weir.http.fields.FieldTable;
import java.nio.ByteBuffer;

/**
 * Reads a head, of a request or a response, once it is there as a whole; until then it keeps
 * nothing but a few numbers. A start line that is whole is checked at once, so that a peer that
 * speaks something else need not be waited for.
 *
 * @param <H> the head to fill
 */
final class HeadReader<H> {
  private final Role role;
  private final HttpLimits limits;
  private final StartLine<H> startLine;
  private final HeadScanner scanner;
  private boolean startLineChecked;

  HeadReader(Role role, HttpLimits limits, StartLine<H> startLine, int emptyLinesAllowed) {
    this.role = role;
    this.limits = limits;
    this.startLine = startLine;
    this.scanner = HeadScanner.ofHead(limits, emptyLinesAllowed);
  }

  /**
   * Reads a head from the position on and moves the position behind it; or, if it is not all there,
   * leaves its bytes to be presented again.
   *
   * @return whether {@code head} and {@code fields} are filled
   */
  boolean read(ByteBuffer in, H head, FieldTable fields) {
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
