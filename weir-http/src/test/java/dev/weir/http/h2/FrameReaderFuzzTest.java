package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames are found, or refused, the same wherever the bytes are cut. */
class FrameReaderFuzzTest {
  static Stream<byte[]> seeds() {
    return SessionSurvival.clients();
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsTheSameWhereverItIsCut(byte[] data) {
    var whole = FrameLog.read(data, data.length + 1);
    assertEquals(whole, FrameLog.read(data, 1));
    assertEquals(whole, FrameLog.read(data, 13));
  }
}
