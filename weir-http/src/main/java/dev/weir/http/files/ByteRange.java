package dev.weir.http.files;

/**
 * A run of bytes of a representation whose length is known.
 *
 * @param first the offset of its first byte
 * @param last the offset of its last byte, which it includes
 */
record ByteRange(long first, long last) {
  ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("No such range: " + first + "-" + last);
    }
  }

  /** How many bytes it has, at least one. */
  long length() {
    return last - first + 1;
  }

  /** The value of Content-Range for this part of so many bytes (RFC 9110 14.4). */
  String contentRange(long completeLength) {
    return "bytes " + first + '-' + last + '/' + completeLength;
  }

  /** Whether fewer than {@code gap} bytes lie between the two, or none. */
  boolean isNear(ByteRange other, long gap) {
    return first - gap <= other.last && other.first - gap <= last;
  }

  /** The least range that holds both. */
  ByteRange union(ByteRange other) {
    return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
  }
}
