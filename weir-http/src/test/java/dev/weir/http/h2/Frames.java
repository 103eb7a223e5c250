package dev.weir.http.h2;

import dev.weir.http.Http2ErrorCode;
import dev.weir.http.fields.RecentStrings;
import dev.weir.http.hpack.HpackDecoder;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.LineName;
import dev.weir.http.hpack.StringLiterals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Frames as tests write them, and as they read them: a line of text each. */
public final class Frames {
  public static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HpackDecoder decoder = new HpackDecoder(new StringLiterals(new RecentStrings()));
  private final List<byte[]> fragments = new ArrayList<>();
  private boolean sectionEnds;

  public static byte[] frame(int type, int flags, int streamId, byte... payload) {
    var out = ByteBuffer.allocate(9 + payload.length);
    out.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    out.put((byte) type).put((byte) flags).putInt(streamId).put(payload);
    return out.array();
  }

  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  public static byte[] ints(int... values) {
    var out = ByteBuffer.allocate(values.length * 4);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  public static byte[] settings(int... identifiersAndValues) {
    var payload = ByteBuffer.allocate(identifiersAndValues.length * 3);
    for (int i = 0; i < identifiersAndValues.length; i += 2) {
      payload.putShort((short) identifiersAndValues[i]).putInt(identifiersAndValues[i + 1]);
    }
    return frame(FrameType.SETTINGS, 0, 0, payload.array());
  }

  /** A field block of lines like {@code ":method: GET"}. */
  public static byte[] block(HpackEncoder encoder, String... lines) {
    var out = ByteBuffer.allocate(1 << 17);
    encoder.begin(out);
    for (var line : lines) {
      int colon = line.indexOf(':', 1);
      var name = LineName.of(line.substring(0, colon));
      if (!encoder.encode(out, name, line.substring(Math.min(colon + 2, line.length())))) {
        throw new IllegalArgumentException("too long: " + line);
      }
    }
    var block = new byte[out.flip().remaining()];
    out.get(block);
    return block;
  }

  /** What the bytes, whole frames, say. */
  public List<String> read(byte[] bytes) {
    var said = new ArrayList<String>();
    var in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      int length = (in.get() & 0xff) << 16 | (in.getShort() & 0xffff);
      int type = in.get();
      int flags = in.get();
      int id = in.getInt();
      var payload = in.slice(in.position(), length);
      in.position(in.position() + length);
      var text = text(type, flags, id, payload);
      if (!text.isEmpty()) {
        said.add(text);
      }
    }
    return said;
  }

  private String text(int type, int flags, int id, ByteBuffer payload) {
    boolean ack = (flags & FrameType.ACK) != 0;
    return switch (type) {
      case FrameType.DATA -> "DATA " + id + " " + payload.remaining() + (ack ? " END" : "");
      case FrameType.HEADERS -> {
        sectionEnds = (flags & FrameType.END_STREAM) != 0;
        yield section(flags, id, payload);
      }
      case FrameType.CONTINUATION -> section(flags, id, payload);
      case FrameType.RST_STREAM -> "RST_STREAM " + id + " " + Http2ErrorCode.of(payload.getInt());
      case FrameType.SETTINGS -> ack ? "SETTINGS ACK" : settings(payload);
      case FrameType.PING -> (ack ? "PING ACK " : "PING ") + payload.getLong();
      case FrameType.GOAWAY ->
          "GOAWAY " + payload.getInt() + " " + Http2ErrorCode.of(payload.getInt());
      case FrameType.WINDOW_UPDATE -> "WINDOW_UPDATE " + id + " " + payload.getInt();
      default -> throw new AssertionError("a frame of type " + type);
    };
  }

  private static String settings(ByteBuffer pairs) {
    var text = new StringBuilder("SETTINGS");
    while (pairs.hasRemaining()) {
      text.append(' ').append(pairs.getShort()).append('=').append(pairs.getInt());
    }
    return text.toString();
  }

  private String section(int flags, int id, ByteBuffer payload) {
    var fragment = new byte[payload.remaining()];
    payload.get(fragment);
    fragments.add(fragment);
    var text = new StringBuilder();
    if ((flags & FrameType.END_HEADERS) == 0) {
      return "";
    }
    text.append("HEADERS ").append(id);
    if (fragments.size() > 1) {
      text.append(" in ").append(fragments.size());
    }
    var block = ByteBuffer.wrap(join(fragments.toArray(byte[][]::new)));
    fragments.clear();
    var lines = new StringBuilder();
    decoder.decode(
        block,
        Integer.MAX_VALUE,
        (name, value, wellFormed, neverIndexed) ->
            lines.append(", ").append(name.text()).append(": ").append(value));
    if (sectionEnds) {
      text.append(" END");
    }
    return text.append(lines).toString();
  }
}
