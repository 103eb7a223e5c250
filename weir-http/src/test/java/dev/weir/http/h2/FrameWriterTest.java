package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
  private static String written(Consumer<ByteBuffer> write) {
    var out = ByteBuffer.allocate(100);
    write.accept(out);
    return HexFormat.of().formatHex(out.array(), 0, out.position());
  }

  @Test
  void writesEveryFrame() {
    assertEquals("012345010400000007", written(o -> FrameWriter.header(o, 0x12345, 1, 4, 7)));
    assertEquals(
        "00000c040000000000" + "000300000064" + "0004ffffffff",
        written(o -> FrameWriter.settings(o, 3, 100, 4, -1)));
    assertEquals("000000040100000000", written(FrameWriter::settingsAcknowledged));
    assertEquals(
        "000008060100000000" + "0102030405060708",
        written(o -> FrameWriter.ping(o, true, 0x0102_0304_0506_0708L)));
    assertEquals("000004030000000009" + "00000008", written(o -> FrameWriter.reset(o, 9, 8)));
    assertEquals(
        "000004080000000001" + "00010000", written(o -> FrameWriter.windowUpdate(o, 1, 65536)));
    assertEquals(
        "00000a070000000000" + "0000000500000001" + "6869",
        written(o -> FrameWriter.goAway(o, 5, 1, new byte[] {'h', 'i'})));
  }
}
