package dev.weir.http.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.fields.RecentStrings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer sends is read or refused, within the limit of the list; and what was read can be
 * sent on. The first octet of each block says how long it is, that of the input what the limit is.
 */
class HpackFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "ff 11 828684418cf1e3c2e5f23a6ba0ab90f4ff 0c 828684be5886a8eb10649cbf",
            "ff 1d 400a637573746f6d2d6b65790d637573746f6d2d6865616465720f2f00 02 be82",
            "ff 19 203fe11f 100870617373776f726406736563726574 00000000",
            "02 08 40016101 62bebebe 01be 03 3f05be",
            "ff 05 3fe21f8282",
            "ff 06 000161 8100")
        .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefuses(byte[] input) {
    var in = ByteBuffer.wrap(input);
    int maxListSize = in.hasRemaining() ? (in.get() & 0xff) << 5 : 0;
    var literals = new StringLiterals(new RecentStrings());
    var decoder = new HpackDecoder(literals);
    var encoder = new HpackEncoder(maxListSize);
    var onward = new HpackDecoder(literals);
    while (in.hasRemaining()) {
      int length = Math.min(in.get() & 0xff, in.remaining());
      var lines = new ArrayList<Line>();
      try {
        read(decoder, in.slice(in.position(), length), maxListSize, lines);
      } catch (CompressionException e) {
        assertTrue(e.section().startsWith("RFC "), e.section());
        return;
      }
      in.position(in.position() + length);
      sendOn(encoder, onward, lines);
    }
  }

  private static void read(
      HpackDecoder decoder, ByteBuffer block, int maxListSize, List<Line> lines) {
    boolean all =
        decoder.decode(
            block,
            maxListSize,
            (name, value, wellFormed, neverIndexed) ->
                lines.add(new Line(name.text(), value, wellFormed, neverIndexed)));
    int size = lines.stream().mapToInt(l -> l.name().length() + l.value().length() + 32).sum();
    assertTrue(size <= maxListSize, "a list of " + size + " where " + maxListSize + " may be");
    assertTrue(all || block.limit() > 0, "nothing is too much");
    assertEquals(0, block.remaining());
  }

  private static void sendOn(HpackEncoder encoder, HpackDecoder decoder, List<Line> lines) {
    var received = Line.decode(decoder, Line.encode(encoder, lines));
    assertEquals(lines.size(), received.size());
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      boolean field = LineName.of(line.name()).header() != null;
      boolean secret = received.get(i).neverIndexed();
      assertTrue(secret || !field || !line.neverIndexed(), "a secret was given away");
      assertEquals(new Line(line.name(), line.value(), line.wellFormed(), secret), received.get(i));
    }
  }
}
