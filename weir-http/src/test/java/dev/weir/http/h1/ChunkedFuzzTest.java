package dev.weir.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever comes as chunks is read or refused, the same wherever it is split. */
class ChunkedFuzzTest {
  @FuzzTest
  void readsTheSameWhereverItIsSplit(byte[] data) {
    var input = new FuzzInput(data);
    assertEquals(
        ChunkedDecoderTest.events(input.bytes(), input.limits(), input.whole()),
        ChunkedDecoderTest.events(input.bytes(), input.limits(), input.pieces()));
  }
}
