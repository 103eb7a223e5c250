package dev.weir.http.hpack;

import dev.weir.http.fields.RecentStrings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A field line as a test writes or reads it. */
record Line(String name, String value, boolean wellFormed, boolean neverIndexed) {

  static Line of(String name, String value) {
    return new Line(name, value, true, false);
  }

  static Line secret(String name, String value) {
    return new Line(name, value, true, true);
  }

  /** Of names and values by turns. */
  static List<Line> list(String... namesAndValues) {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.add(of(namesAndValues[i], namesAndValues[i + 1]));
    }
    return lines;
  }

  /** The context of a new connection on a new loop. */
  static HpackDecoder decoder() {
    return new HpackDecoder(new StringLiterals(new RecentStrings()));
  }

  /** The lines of the block, of which the list may have any size. */
  static List<Line> decode(HpackDecoder decoder, ByteBuffer block) {
    var lines = new ArrayList<Line>();
    decoder.decode(
        block,
        Integer.MAX_VALUE,
        (name, value, wellFormed, neverIndexed) ->
            lines.add(new Line(name.text(), value, wellFormed, neverIndexed)));
    return lines;
  }

  static List<Line> decode(HpackDecoder decoder, String hex) {
    return decode(decoder, block(hex));
  }

  /** In a direct buffer, not at its start, as a slice of a loop's buffer would be. */
  static ByteBuffer block(String hex) {
    var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    var buffer = ByteBuffer.allocateDirect(bytes.length + 10).position(5).limit(5 + bytes.length);
    return buffer.put(5, bytes);
  }

  /** The block of these lines. */
  static ByteBuffer encode(HpackEncoder encoder, List<Line> lines) {
    var out = ByteBuffer.allocate(1 << 17);
    if (!encoder.begin(out)) {
      throw new IllegalStateException("no room to begin");
    }
    for (var line : lines) {
      if (!line.encode(encoder, out)) {
        throw new IllegalStateException("no room for " + line);
      }
    }
    return out.flip();
  }

  boolean encode(HpackEncoder encoder, ByteBuffer out) {
    var lineName = LineName.of(name);
    var header = lineName.header();
    return header == null
        ? encoder.encode(out, lineName, value)
        : encoder.encode(out, header, value, neverIndexed);
  }

  static String hex(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return HexFormat.of().formatHex(copy);
  }
}
