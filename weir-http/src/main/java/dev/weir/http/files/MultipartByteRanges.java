package dev.weir.http.files;

import java.util.ArrayList;
import java.util.List;

/**
 * The framing of several ranges in one body, {@code multipart/byteranges} (RFC 9110 14.6): a plan
 * of what to send, whose total length is known before the first byte leaves.
 *
 * @param mediaType the value of Content-Type, with the boundary
 * @param parts in the order in which they are sent; their heads, like the closing text, are written
 *     as ISO-8859-1, one byte a character
 * @param closing what follows the last part
 * @param contentLength of the whole body, in bytes
 */
record MultipartByteRanges(String mediaType, List<Part> parts, String closing, long contentLength) {

  /** The longest boundary there may be (RFC 2046 5.1.1). */
  static final int MAX_BOUNDARY = 70;

  /**
   * One part.
   *
   * @param head boundary and fields, to be sent before the bytes of the range
   * @param range which bytes of the file follow
   */
  record Part(String head, ByteRange range) {}

  /**
   * Plans the body.
   *
   * @param boundary letters and digits that do not occur in the file: random, from the caller
   * @param mediaType of the representation
   * @param completeLength of the representation, in bytes
   */
  static MultipartByteRanges plan(
      List<ByteRange> ranges, String boundary, String mediaType, long completeLength) {
    if (boundary.isEmpty()
        || boundary.length() > MAX_BOUNDARY
        || !boundary.chars().allMatch(MultipartByteRanges::isLetterOrDigit)) {
      throw new IllegalArgumentException(
          "A boundary is 1 to 70 letters and digits (RFC 2046 5.1.1); got: " + boundary);
    }
    var parts = new ArrayList<Part>(ranges.size());
    long total = 0;
    for (ByteRange range : ranges) {
      String head =
          (parts.isEmpty() ? "--" : "\r\n--")
              + boundary
              + "\r\nContent-Type: "
              + mediaType
              + "\r\nContent-Range: "
              + range.contentRange(completeLength)
              + "\r\n\r\n";
      parts.add(new Part(head, range));
      total += head.length() + range.length();
    }
    String closing = "\r\n--" + boundary + "--\r\n";
    return new MultipartByteRanges(
        "multipart/byteranges; boundary=" + boundary,
        List.copyOf(parts),
        closing,
        total + closing.length());
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
