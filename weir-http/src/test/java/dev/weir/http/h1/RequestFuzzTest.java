package dev.weir.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.Headers;

/** Whatever a client sends is read or refused, the same wherever it is split. */
class RequestFuzzTest {
  @FuzzTest
  void readsTheSameWhereverItIsSplit(byte[] data) {
    var input = new FuzzInput(data);
    var whole = RequestReader.events(input.bytes(), input.limits(), input.whole());
    assertEquals(whole, RequestReader.events(input.bytes(), input.limits(), input.pieces()));
    // What was read as a field can be sent on as one.
    for (var event : whole) {
      int colon = event.indexOf(": ");
      if (colon > 0 && event.indexOf(' ') > colon) {
        Headers.of(event.substring(0, colon), event.substring(colon + 2));
      }
    }
  }
}
