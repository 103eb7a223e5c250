package dev.weir.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.Method;

/** Whatever a server sends is read or refused, the same wherever it is split. */
class ResponseFuzzTest {
  @FuzzTest
  void readsTheSameWhereverItIsSplit(byte[] data) {
    var input = new FuzzInput(data);
    var request = Method.WELL_KNOWN.get((input.seed() >> 1) & 7);
    assertEquals(
        ResponseReader.events(input.bytes(), input.limits(), request, input.whole()),
        ResponseReader.events(input.bytes(), input.limits(), request, input.pieces()));
  }
}
