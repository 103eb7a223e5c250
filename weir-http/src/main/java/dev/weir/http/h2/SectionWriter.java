package dev.weir.http.h2;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.LineName;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes field sections (RFC 9113 8.1): straight into the HEADERS frame that carries them, or, when
 * one frame is not enough, cut into CONTINUATION frames. What belongs to an HTTP/1.1 connection is
 * left out (RFC 9113 8.2.2).
 */
final class SectionWriter {

  /** What a line takes at most beside its name and value: an octet, and two lengths. */
  private static final int LINE_OVERHEAD = 1 + 5 + 5;

  /** What changes of the table's size take at most at the start of a block. */
  private static final int BLOCK_OVERHEAD = 12;

  /** {@code :protocol}, the one name of a pseudo-header that no table has at first. */
  private static final int LONGEST_PSEUDO = 9;

  private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);

  /** No Content-Length but one that the fields have. */
  static final long NO_LENGTH = -1;

  /** The statuses, and the lengths of small bodies. */
  private static final String[] DIGITS = new String[600];

  static {
    for (int number = 0; number < DIGITS.length; number++) {
      DIGITS[number] = Integer.toString(number);
    }
  }

  private final Outgoing out;
  private final HpackEncoder encoder = new HpackEncoder();

  /** Where the section that is being written goes. */
  private ByteBuffer section = NOWHERE;

  /** How the last response began, if that can be said again. */
  private @Nullable BlockImage image;

  /** Where its frame starts, or -1 if it is not in a frame yet. */
  private int frameAt;

  SectionWriter(Outgoing out) {
    this.out = out;
  }

  /** The peer has said how large a table it has for us. */
  void peerTableSize(long bytes) {
    encoder.maxTableSize(bytes);
  }

  /** RFC 9113 8.3.1. */
  void request(int streamId, Http2RequestHead head, boolean endStream) {
    var protocol = head.protocol();
    int most =
        LONGEST_PSEUDO
            + head.method().toString().length()
            + head.scheme().length()
            + head.authority().length()
            + head.path().length()
            + (protocol == null ? 0 : protocol.length())
            + 5 * LINE_OVERHEAD;
    begin(most + most(head.fields()));
    line(LineName.METHOD, head.method().toString());
    if (!head.scheme().isEmpty()) {
      line(LineName.SCHEME, head.scheme());
    }
    line(LineName.AUTHORITY, head.authority());
    if (!head.path().isEmpty()) {
      line(LineName.PATH, head.path());
    }
    if (protocol != null) {
      line(LineName.PROTOCOL, protocol);
    }
    fields(head.fields(), false, null);
    finish(streamId, endStream);
  }

  /**
   * RFC 9113 8.3.2.
   *
   * @param length for Content-Length in place of one in the fields, or {@link #NO_LENGTH}
   * @param date for Date if the fields have none, or {@code null} for none
   */
  void response(
      int streamId,
      Status status,
      Headers fields,
      long length,
      @Nullable String date,
      boolean endStream) {
    boolean withLength = length != NO_LENGTH;
    var known = image;
    if (known != null && known.is(status, fields, date, withLength, encoder.changes())) {
      begin(known.length() + 64 + LINE_OVERHEAD);
      known.write(section);
    } else {
      begin(128 + 3 * LINE_OVERHEAD + most(fields));
      int from = section.position();
      int literals = encoder.literals();
      line(LineName.STATUS, digits(status.code()));
      fields(fields, withLength, date);
      image =
          literals == encoder.literals()
              ? BlockImage.of(section, from, status, fields, date, withLength, encoder.changes())
              : null;
    }
    if (withLength) {
      line(HeaderName.CONTENT_LENGTH, digits(length));
    }
    finish(streamId, endStream);
  }

  /** Trailers, which end the stream. */
  void trailers(int streamId, Headers fields) {
    begin(most(fields));
    fields(fields, false, null);
    finish(streamId, true);
  }

  // ---- lines

  private void fields(Headers fields, boolean withoutLength, @Nullable String date) {
    boolean dated = date == null;
    for (int i = 0; i < fields.size(); i++) {
      var name = fields.name(i);
      dated |= name.equals(HeaderName.DATE);
      if (name.equals(HeaderName.COOKIE)) {
        cookie(fields.value(i));
      } else if (!HopFields.isHopField(name)
          && !(withoutLength && name.equals(HeaderName.CONTENT_LENGTH))) {
        line(name, fields.value(i));
      }
    }
    if (!dated && date != null) {
      line(HeaderName.DATE, date);
    }
  }

  /** RFC 9113 8.2.3: each pair on its own line, so that those which repeat cost an index. */
  private void cookie(String pairs) {
    int from = 0;
    for (int semicolon; (semicolon = pairs.indexOf("; ", from)) >= 0; from = semicolon + 2) {
      line(HeaderName.COOKIE, pairs.substring(from, semicolon));
    }
    line(HeaderName.COOKIE, from == 0 ? pairs : pairs.substring(from));
  }

  private static String digits(long number) {
    return number < DIGITS.length ? DIGITS[(int) number] : Long.toString(number);
  }

  private void line(LineName name, String value) {
    written(encoder.encode(section, name, value));
  }

  private void line(HeaderName name, String value) {
    written(encoder.encode(section, name, value, false));
  }

  private static void written(boolean fits) {
    if (!fits) {
      throw new IllegalStateException("a field section is longer than its parts");
    }
  }

  // ---- frames

  /** How long the lines may become, compressed badly. */
  private static int most(Headers fields) {
    int most = 0;
    for (int i = 0; i < fields.size(); i++) {
      var name = fields.name(i);
      int lines = name.equals(HeaderName.COOKIE) ? cookiePairs(fields.value(i)) : 1;
      most += lines * (name.length() + LINE_OVERHEAD) + fields.value(i).length();
    }
    return most;
  }

  private static int cookiePairs(String value) {
    int pairs = 1;
    for (int at = value.indexOf("; "); at >= 0; at = value.indexOf("; ", at + 2)) {
      pairs++;
    }
    return pairs;
  }

  private void begin(int most) {
    int size = BLOCK_OVERHEAD + most;
    if (size <= FrameReader.MAX_FRAME) {
      section = out.frame(FrameType.HEADER_BYTES + size);
      frameAt = section.position();
      section.position(frameAt + FrameType.HEADER_BYTES);
    } else {
      section = ByteBuffer.allocate(size);
      frameAt = -1;
    }
    written(encoder.begin(section));
  }

  private void finish(int streamId, boolean endStream) {
    var written = section;
    section = NOWHERE;
    int flags = endStream ? FrameType.END_STREAM : 0;
    if (frameAt >= 0) {
      int end = written.position();
      int length = end - frameAt - FrameType.HEADER_BYTES;
      written.position(frameAt);
      FrameWriter.header(
          written, length, FrameType.HEADERS, flags | FrameType.END_HEADERS, streamId);
      written.position(end);
    } else {
      cut(written.flip(), flags, streamId);
    }
  }

  private void cut(ByteBuffer block, int endFlag, int streamId) {
    int flags = endFlag;
    int type = FrameType.HEADERS;
    do {
      int length = Math.min(block.remaining(), FrameReader.MAX_FRAME);
      boolean last = length == block.remaining();
      var frame = out.frame(FrameType.HEADER_BYTES + length);
      FrameWriter.header(
          frame, length, type, last ? flags | FrameType.END_HEADERS : flags, streamId);
      frame.put(block.slice(block.position(), length));
      block.position(block.position() + length);
      type = FrameType.CONTINUATION;
      flags = 0;
    } while (block.hasRemaining());
  }
}
