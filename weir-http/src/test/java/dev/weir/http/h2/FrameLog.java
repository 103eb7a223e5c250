package dev.weir.http.h2;

import dev.weir.http.Http2Error;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a {@link FrameReader} has found, a line a frame. */
final class FrameLog implements FrameHandler {
  private final List<String> lines = new ArrayList<>();
  private int content;

  /** Reads the bytes in pieces of that many, up to an error of the connection. */
  static List<String> read(byte[] bytes, int piece) {
    var log = new FrameLog();
    var reader = new FrameReader(log, 1024, 4);
    var in = ByteBuffer.wrap(bytes);
    for (int end = 0; end < bytes.length; ) {
      end = Math.min(bytes.length, end + piece);
      in.limit(end);
      for (boolean more = true; more; ) {
        try {
          more = reader.read(in);
        } catch (Http2Error e) {
          log.lines.add(e.error() + " on " + e.streamId());
          if (e.isOfConnection()) {
            return log.lines;
          }
        }
      }
    }
    return log.lines;
  }

  private void add(Object... parts) {
    lines.add(Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining(" ")));
  }

  @Override
  public void dataBegins(int streamId, int flowLength, int contentLength, boolean endStream) {
    add("DATA", streamId, flowLength, contentLength, endStream);
    content = 0;
  }

  @Override
  public void data(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      content = content * 31 + bytes.get();
    }
  }

  @Override
  public void dataEnds() {
    add("content", content);
  }

  @Override
  public void headers(int streamId, ByteBuffer block, boolean endStream) {
    add("HEADERS", streamId, block.remaining(), endStream);
  }

  @Override
  public void priority(int streamId) {
    add("PRIORITY", streamId);
  }

  @Override
  public void reset(int streamId, int code) {
    add("RST_STREAM", streamId, code);
  }

  @Override
  public void settings(ByteBuffer pairs) {
    add("SETTINGS", pairs.remaining());
  }

  @Override
  public void settingsAcknowledged() {
    add("SETTINGS ACK");
  }

  @Override
  public void ping(long opaque) {
    add("PING", opaque);
  }

  @Override
  public void pingAcknowledged(long opaque) {
    add("PING ACK", opaque);
  }

  @Override
  public void goAway(int lastStreamId, int code, ByteBuffer debugData) {
    add("GOAWAY", lastStreamId, code, debugData.remaining());
  }

  @Override
  public void windowUpdate(int streamId, int increment) {
    add("WINDOW_UPDATE", streamId, increment);
  }

  @Override
  public void priorityUpdate(int streamId, ByteBuffer value) {
    add("PRIORITY_UPDATE", streamId, value.remaining());
  }

  @Override
  public void unknown(int type) {
    add("unknown", type);
  }
}
