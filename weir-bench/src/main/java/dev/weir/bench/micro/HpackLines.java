package dev.weir.bench.micro;

import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.LineName;
import java.nio.ByteBuffer;
import java.util.List;

/** Field lines as they go over many connections, and their field blocks. */
final class HpackLines {

  /** A line, before it is compressed. */
  record Line(LineName name, String value) {
    Line(String name, String value) {
      this(LineName.of(name), value);
    }
  }

  /** A request of a browser, but for its path. */
  static final List<Line> REQUEST =
      List.of(
          new Line(":method", "GET"),
          new Line(":scheme", "https"),
          new Line(":authority", "www.example.com"),
          new Line("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"),
          new Line("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
          new Line("accept-language", "en-US,en;q=0.5"),
          new Line("accept-encoding", "gzip, deflate, br, zstd"),
          new Line("cookie", "session=0123456789abcdef0123456789abcdef"));

  /** A response, but for its length. */
  static final List<Line> RESPONSE =
      List.of(
          new Line(":status", "200"),
          new Line("content-type", "application/json"),
          new Line("cache-control", "max-age=3600"),
          new Line("server", "example"),
          new Line("date", "Sun, 06 Nov 1994 08:49:37 GMT"));

  private static final int ROOM = 1024;

  private HpackLines() {}

  /** Encodes a block. */
  static void encode(HpackEncoder encoder, ByteBuffer out, List<Line> lines, Line last) {
    encoder.begin(out);
    for (Line line : lines) {
      encoder.encode(out, line.name(), line.value());
    }
    encoder.encode(out, last.name(), last.value());
  }

  /** A block of its own. */
  static ByteBuffer block(HpackEncoder encoder, List<Line> lines, Line last) {
    ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
    encode(encoder, out, lines, last);
    return out.flip();
  }
}
