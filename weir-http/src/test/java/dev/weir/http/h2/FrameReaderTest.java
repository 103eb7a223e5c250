package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final byte[] SETTINGS = Frames.settings(4, 100);

  private static List<String> read(byte[]... frames) {
    return FrameLog.read(Frames.join(SETTINGS, Frames.join(frames)), 1 << 20);
  }

  @Test
  void findsFramesOfEveryType() {
    var said =
        read(
            Frames.frame(0, 1, 5, new byte[3]),
            Frames.frame(0, 8, 5, new byte[] {2, 7, 0, 0}),
            Frames.frame(1, 5, 7, new byte[20]),
            Frames.frame(1, 0x2c, 7, new byte[] {1, 0, 0, 0, 0, 9, 1, 2, 3, 0}),
            Frames.frame(2, 0, 9, new byte[5]),
            Frames.frame(3, 0, 9, Frames.ints(8)),
            Frames.frame(4, 1, 0),
            Frames.frame(6, 0, 0, Frames.ints(0, 5)),
            Frames.frame(6, 1, 0, Frames.ints(0, 6)),
            Frames.frame(7, 0, 0, Frames.ints(0x8000_0003, 2, 1)),
            Frames.frame(8, 0, 3, Frames.ints(0x8000_0001)),
            Frames.frame(16, 0, 0, Frames.ints(3, 4)),
            Frames.frame(99, 0, 0, new byte[2]));
    assertEquals(
        List.of(
            "SETTINGS 6",
            "DATA 5 3 3 true",
            "content 0",
            "DATA 5 4 1 false",
            "content 7",
            "HEADERS 7 20 true",
            "HEADERS 7 3 false",
            "PRIORITY 9",
            "RST_STREAM 9 8",
            "SETTINGS ACK",
            "PING 5",
            "PING ACK 6",
            "GOAWAY 3 2 4",
            "WINDOW_UPDATE 3 1",
            "PRIORITY_UPDATE 3 4",
            "unknown 99"),
        said);
  }

  @Test
  void joinsContinuations() {
    assertEquals(
        List.of("SETTINGS 6", "HEADERS 1 600 true"),
        read(
            Frames.frame(1, 1, 1, new byte[100]),
            Frames.frame(9, 0, 1, new byte[300]),
            Frames.frame(9, 0, 1),
            Frames.frame(9, 4, 1, new byte[200])));
  }

  @Test
  void theNextSectionBeginsAnew() {
    var section =
        Frames.join(
            Frames.frame(1, 0, 1, new byte[500]),
            Frames.frame(9, 0, 1),
            Frames.frame(9, 0, 1),
            Frames.frame(9, 4, 1, new byte[500]));
    assertEquals(
        List.of("SETTINGS 6", "HEADERS 1 1000 false", "HEADERS 1 1000 false"),
        read(section, section));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9, 10, 17, 100, 1000})
  void findsTheSameWhereverTheBytesAreCut(int piece) {
    var bytes = random(piece);
    assertEquals(FrameLog.read(bytes, 1 << 20), FrameLog.read(bytes, piece));
  }

  private static byte[] random(int seed) {
    var random = new Random(seed);
    var frames = new ArrayList<byte[]>(List.of(SETTINGS));
    for (int i = 0; i < 200; i++) {
      int type = List.of(0, 0, 1, 6, 8, 99).get(random.nextInt(6));
      int length = type == 6 ? 8 : type == 8 ? 4 : 6 + random.nextInt(300);
      int flags = type == 1 ? 4 : type == 0 ? random.nextInt(2) : 0;
      var payload = new byte[length];
      random.nextBytes(payload);
      frames.add(Frames.frame(type, flags, type == 6 ? 0 : 1 + random.nextInt(9), payload));
    }
    return Frames.join(frames.toArray(byte[][]::new));
  }
}
