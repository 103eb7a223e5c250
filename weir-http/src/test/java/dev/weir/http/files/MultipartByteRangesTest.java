package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartByteRangesTest {
  @Test
  void framesTheParts() {
    String file = "0123456789";
    var plan =
        MultipartByteRanges.plan(
            List.of(new ByteRange(7, 9), new ByteRange(0, 1)), "B1", "text/plain", 10);
    var body = new StringBuilder();
    for (var part : plan.parts()) {
      body.append(part.head());
      body.append(file, (int) part.range().first(), (int) part.range().last() + 1);
    }
    body.append(plan.closing());
    assertEquals(
        """
        --B1
        Content-Type: text/plain
        Content-Range: bytes 7-9/10

        789
        --B1
        Content-Type: text/plain
        Content-Range: bytes 0-1/10

        01
        --B1--
        """
            .replace("\n", "\r\n"),
        body.toString());
    assertEquals(body.length(), plan.contentLength());
    assertEquals("multipart/byteranges; boundary=B1", plan.mediaType());
  }

  @Test
  void countsPartsTooLongForMemory() {
    long length = 1L << 50;
    var plan =
        MultipartByteRanges.plan(
            List.of(new ByteRange(0, length - 2), new ByteRange(0, 0)), "B", "a/b", length);
    long heads = plan.parts().stream().mapToLong(part -> part.head().length()).sum();
    assertEquals(length + heads + plan.closing().length(), plan.contentLength());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\n", "\"", "a--", "é"})
  void refusesABoundaryThatWouldNeedQuotes(String boundary) {
    assertThrows(
        IllegalArgumentException.class,
        () -> MultipartByteRanges.plan(List.of(new ByteRange(0, 0)), boundary, "a/b", 1));
  }

  @Test
  void boundaryHasALimit() {
    var ranges = List.of(new ByteRange(0, 0));
    String longest = "x".repeat(MultipartByteRanges.MAX_BOUNDARY);
    assertEquals(1, MultipartByteRanges.plan(ranges, longest, "a/b", 1).parts().size());
    assertThrows(
        IllegalArgumentException.class,
        () -> MultipartByteRanges.plan(ranges, longest + "x", "a/b", 1));
  }
}
