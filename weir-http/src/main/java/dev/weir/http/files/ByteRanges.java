package dev.weir.http.files;

import java.util.List;

/** What a Range field asks of a representation of known length (RFC 9110 14.2). */
sealed interface ByteRanges {
  /** The field is to be ignored; the whole representation is the answer. */
  record Ignored() implements ByteRanges {}

  /** None of the ranges overlaps the representation: 416. */
  record Unsatisfiable() implements ByteRanges {}

  /** At least one range, clamped to the length, no two of them overlapping, in request order. */
  record Satisfiable(List<ByteRange> ranges) implements ByteRanges {}

  /** The value of Content-Range in a 416 answer (RFC 9110 14.4). */
  static String unsatisfiedContentRange(long completeLength) {
    return "bytes */" + completeLength;
  }
}
