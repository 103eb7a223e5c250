package dev.weir.http.h2;

import java.nio.ByteBuffer;

/** Writes frames (RFC 9113 4.1, 6) into buffers that have room for them. */
final class FrameWriter {
  private FrameWriter() {}

  /** The header of a frame whose payload follows. */
  static void header(ByteBuffer out, int length, int type, int flags, int streamId) {
    out.putInt(length << 8 | type).put((byte) flags).putInt(streamId);
  }

  static void settings(ByteBuffer out, int... identifiersAndValues) {
    header(out, identifiersAndValues.length * 3, FrameType.SETTINGS, 0, 0);
    for (int i = 0; i < identifiersAndValues.length; i += 2) {
      out.putShort((short) identifiersAndValues[i]).putInt(identifiersAndValues[i + 1]);
    }
  }

  static void settingsAcknowledged(ByteBuffer out) {
    header(out, 0, FrameType.SETTINGS, FrameType.ACK, 0);
  }

  static void ping(ByteBuffer out, boolean acknowledged, long opaque) {
    header(out, 8, FrameType.PING, acknowledged ? FrameType.ACK : 0, 0);
    out.putLong(opaque);
  }

  static void reset(ByteBuffer out, int streamId, int code) {
    header(out, 4, FrameType.RST_STREAM, 0, streamId);
    out.putInt(code);
  }

  static void windowUpdate(ByteBuffer out, int streamId, int increment) {
    header(out, 4, FrameType.WINDOW_UPDATE, 0, streamId);
    out.putInt(increment);
  }

  static void goAway(ByteBuffer out, int lastStreamId, int code, byte[] debugData) {
    header(out, 8 + debugData.length, FrameType.GOAWAY, 0, 0);
    out.putInt(lastStreamId).putInt(code).put(debugData);
  }
}
