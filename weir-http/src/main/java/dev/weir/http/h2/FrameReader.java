package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.ENHANCE_YOUR_CALM;
import static dev.weir.http.Http2ErrorCode.FRAME_SIZE_ERROR;
import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;

import dev.weir.http.Http2Error;
import java.nio.ByteBuffer;

/**
 * Finds frames in bytes and checks what can be said of each by itself: its length, whether its type
 * belongs to a stream or to the connection, its padding (RFC 9113 4, 6). DATA is handed on as it
 * comes; every other frame waits until it is whole, which is never more than {@link #MAX_FRAME}.
 */
final class FrameReader {

  /** The largest payload that is accepted: the least that may be announced (RFC 9113 6.5.2). */
  static final int MAX_FRAME = 16_384;

  private static final byte[] NOTHING = {};

  private final FrameHandler handler;
  private final int blockLimit;
  private final int continuationLimit;

  /** A DATA frame is being read. */
  private boolean inData;

  private int contentLeft;
  private int paddingLeft;

  /** The stream whose field section goes on in CONTINUATION frames, or 0. */
  private int blockStream;

  private boolean blockEndsStream;
  private boolean blockDependsOnItself;
  private byte[] block = NOTHING;
  private int blockLength;
  private int continuations;
  private boolean first = true;

  /**
   * @param blockLimit bytes of one field section, compressed
   * @param continuationLimit CONTINUATION frames of one field section
   */
  FrameReader(FrameHandler handler, int blockLimit, int continuationLimit) {
    this.handler = handler;
    this.blockLimit = blockLimit;
    this.continuationLimit = continuationLimit;
  }

  /**
   * Reads one frame, or what has come of a DATA frame.
   *
   * @return false if more bytes are needed to go on
   */
  boolean read(ByteBuffer in) {
    if (inData) {
      return readData(in);
    }
    if (in.remaining() < FrameType.HEADER_BYTES) {
      return false;
    }
    int at = in.position();
    int length = (in.getShort(at) & 0xffff) << 8 | (in.get(at + 2) & 0xff);
    int type = in.get(at + 3) & 0xff;
    int flags = in.get(at + 4) & 0xff;
    int streamId = in.getInt(at + 5) & 0x7fff_ffff;
    check(length, type, flags, streamId);
    if (type == FrameType.DATA) {
      boolean padded = (flags & FrameType.PADDED) != 0 && length > 0;
      if (padded && in.remaining() == FrameType.HEADER_BYTES) {
        return false;
      }
      in.position(at + FrameType.HEADER_BYTES);
      beginData(in, length, flags, streamId);
      return true;
    }
    if (in.remaining() < FrameType.HEADER_BYTES + length) {
      return false;
    }
    int limit = in.limit();
    int end = at + FrameType.HEADER_BYTES + length;
    in.limit(end).position(at + FrameType.HEADER_BYTES);
    try {
      whole(type, flags, streamId, in);
    } finally {
      in.limit(limit).position(end);
    }
    return true;
  }

  private void check(int length, int type, int flags, int streamId) {
    if (first) {
      if (type != FrameType.SETTINGS || (flags & FrameType.ACK) != 0) {
        throw protocolError(
            "RFC 9113 3.4", "the first frame is of type " + type + ", not SETTINGS");
      }
      first = false;
    }
    if (blockStream != 0 && (type != FrameType.CONTINUATION || streamId != blockStream)) {
      throw protocolError(
          "RFC 9113 6.10",
          "a frame of type %d on stream %d within the field section of stream %d"
              .formatted(type, streamId, blockStream));
    }
    if (length > MAX_FRAME) {
      throw Http2Error.ofConnection(
          FRAME_SIZE_ERROR,
          "RFC 9113 4.2",
          "a frame of " + length + " bytes; at most " + MAX_FRAME);
    }
  }

  // ---- DATA

  private void beginData(ByteBuffer in, int length, int flags, int streamId) {
    onStream("DATA", streamId);
    int padding = 0;
    int content = length;
    if ((flags & FrameType.PADDED) != 0) {
      if (length == 0) {
        throw tooShort("DATA", length);
      }
      padding = in.get() & 0xff;
      content--;
    }
    if (padding > content) {
      throw tooMuchPadding(padding, content);
    }
    inData = true;
    contentLeft = content - padding;
    paddingLeft = padding;
    handler.dataBegins(streamId, length, contentLeft, (flags & FrameType.END_STREAM) != 0);
  }

  private boolean readData(ByteBuffer in) {
    if (contentLeft > 0) {
      int piece = Math.min(contentLeft, in.remaining());
      if (piece == 0) {
        return false;
      }
      contentLeft -= piece;
      int limit = in.limit();
      int end = in.position() + piece;
      in.limit(end);
      try {
        handler.data(in);
      } finally {
        in.limit(limit).position(end);
      }
      return true;
    }
    int padding = Math.min(paddingLeft, in.remaining());
    in.position(in.position() + padding);
    paddingLeft -= padding;
    if (paddingLeft > 0) {
      return false;
    }
    inData = false;
    handler.dataEnds();
    return true;
  }

  // ---- all others

  private void whole(int type, int flags, int streamId, ByteBuffer in) {
    int length = in.remaining();
    switch (type) {
      case FrameType.HEADERS -> headers(in, flags, streamId);
      case FrameType.PRIORITY -> {
        onStream("PRIORITY", streamId);
        if (length != 5) {
          throw Http2Error.ofStream(
              streamId,
              FRAME_SIZE_ERROR,
              "RFC 9113 6.3",
              "PRIORITY of " + length + " bytes, not 5");
        }
        if ((in.getInt() & 0x7fff_ffff) == streamId) {
          throw dependsOnItself(streamId);
        }
        handler.priority(streamId);
      }
      case FrameType.RST_STREAM -> {
        onStream("RST_STREAM", streamId);
        exactly(4, "RST_STREAM", length);
        handler.reset(streamId, in.getInt());
      }
      case FrameType.SETTINGS -> settings(in, flags, streamId);
      case FrameType.PUSH_PROMISE ->
          throw protocolError("RFC 9113 8.4", "PUSH_PROMISE, which nobody was allowed to send");
      case FrameType.PING -> {
        onConnection("PING", streamId);
        exactly(8, "PING", length);
        if ((flags & FrameType.ACK) != 0) {
          handler.pingAcknowledged(in.getLong());
        } else {
          handler.ping(in.getLong());
        }
      }
      case FrameType.GOAWAY -> {
        onConnection("GOAWAY", streamId);
        if (length < 8) {
          throw tooShort("GOAWAY", length);
        }
        handler.goAway(in.getInt() & 0x7fff_ffff, in.getInt(), in);
      }
      case FrameType.WINDOW_UPDATE -> windowUpdate(in, streamId);
      case FrameType.CONTINUATION -> continuation(in, flags);
      case FrameType.PRIORITY_UPDATE -> {
        onConnection("PRIORITY_UPDATE", streamId);
        if (length < 4) {
          throw tooShort("PRIORITY_UPDATE", length);
        }
        handler.priorityUpdate(in.getInt() & 0x7fff_ffff, in);
      }
      default -> handler.unknown(type);
    }
  }

  private void settings(ByteBuffer in, int flags, int streamId) {
    onConnection("SETTINGS", streamId);
    int length = in.remaining();
    if ((flags & FrameType.ACK) != 0) {
      exactly(0, "SETTINGS with ACK", length);
      handler.settingsAcknowledged();
      return;
    }
    if (length % 6 != 0) {
      throw Http2Error.ofConnection(
          FRAME_SIZE_ERROR, "RFC 9113 6.5", "SETTINGS of " + length + " bytes, no multiple of 6");
    }
    handler.settings(in);
  }

  private void windowUpdate(ByteBuffer in, int streamId) {
    exactly(4, "WINDOW_UPDATE", in.remaining());
    int increment = in.getInt() & 0x7fff_ffff;
    if (increment == 0) {
      var what = "WINDOW_UPDATE by 0";
      throw streamId == 0
          ? protocolError("RFC 9113 6.9", what)
          : Http2Error.ofStream(streamId, PROTOCOL_ERROR, "RFC 9113 6.9", what);
    }
    handler.windowUpdate(streamId, increment);
  }

  // ---- field sections

  private void headers(ByteBuffer in, int flags, int streamId) {
    onStream("HEADERS", streamId);
    int length = in.remaining();
    int padding = 0;
    if ((flags & FrameType.PADDED) != 0) {
      if (length == 0) {
        throw tooShort("HEADERS", length);
      }
      padding = in.get() & 0xff;
    }
    boolean dependsOnItself = false;
    if ((flags & FrameType.PRIORITY_PRESENT) != 0) {
      if (in.remaining() < 5) {
        throw tooShort("HEADERS", length);
      }
      dependsOnItself = (in.getInt() & 0x7fff_ffff) == streamId;
      in.get();
    }
    if (padding > in.remaining()) {
      throw tooMuchPadding(padding, in.remaining());
    }
    in.limit(in.limit() - padding);
    blockStream = streamId;
    blockEndsStream = (flags & FrameType.END_STREAM) != 0;
    blockDependsOnItself = dependsOnItself;
    if ((flags & FrameType.END_HEADERS) == 0) {
      continuations = 0;
      append(in);
    } else if (in.remaining() > blockLimit) {
      throw blockTooLarge();
    } else {
      section(in);
    }
  }

  private void continuation(ByteBuffer in, int flags) {
    if (blockStream == 0) {
      throw protocolError("RFC 9113 6.10", "CONTINUATION without a field section to continue");
    }
    if (++continuations > continuationLimit) {
      throw Http2Error.ofConnection(
          ENHANCE_YOUR_CALM,
          "RFC 9113 10.5",
          "more than " + continuationLimit + " CONTINUATION frames (limit continuations)");
    }
    append(in);
    if ((flags & FrameType.END_HEADERS) != 0) {
      var whole = ByteBuffer.wrap(block, 0, blockLength);
      block = NOTHING;
      blockLength = 0;
      section(whole);
    }
  }

  /** Hands a field section on, whatever else is wrong: it changes the state of compression. */
  private void section(ByteBuffer whole) {
    int streamId = blockStream;
    blockStream = 0;
    handler.headers(streamId, whole, blockEndsStream);
    if (blockDependsOnItself) {
      throw dependsOnItself(streamId);
    }
  }

  private void append(ByteBuffer fragment) {
    int more = fragment.remaining();
    if (blockLength + more > blockLimit) {
      throw blockTooLarge();
    }
    if (blockLength + more > block.length) {
      var grown = new byte[Math.min(blockLimit, Math.max(block.length * 2, blockLength + more))];
      System.arraycopy(block, 0, grown, 0, blockLength);
      block = grown;
    }
    fragment.get(block, blockLength, more);
    blockLength += more;
  }

  private Http2Error blockTooLarge() {
    return Http2Error.ofConnection(
        ENHANCE_YOUR_CALM,
        "RFC 9113 10.5.1",
        "a field section of more than " + blockLimit + " bytes (limit headerBlockBytes)");
  }

  // ---- what all have in common

  private static void onStream(String type, int streamId) {
    if (streamId == 0) {
      throw protocolError("RFC 9113 6", type + " on stream 0");
    }
  }

  private static void onConnection(String type, int streamId) {
    if (streamId != 0) {
      throw protocolError("RFC 9113 6", type + " on stream " + streamId + ", not on 0");
    }
  }

  private static void exactly(int bytes, String type, int length) {
    if (length != bytes) {
      throw Http2Error.ofConnection(
          FRAME_SIZE_ERROR, "RFC 9113 6", type + " of " + length + " bytes, not " + bytes);
    }
  }

  /** What RFC 9113 5.3.2 dropped, RFC 7540 5.3.1 forbade; a peer that still does it is confused. */
  private static Http2Error dependsOnItself(int streamId) {
    return Http2Error.ofStream(
        streamId, PROTOCOL_ERROR, "RFC 7540 5.3.1", "the stream depends on itself");
  }

  private static Http2Error tooShort(String type, int length) {
    return Http2Error.ofConnection(
        FRAME_SIZE_ERROR, "RFC 9113 4.2", type + " of " + length + " bytes is too short");
  }

  private static Http2Error tooMuchPadding(int padding, int content) {
    return protocolError(
        "RFC 9113 6.1", padding + " bytes of padding in a frame with " + content + " bytes");
  }

  private static Http2Error protocolError(String section, String what) {
    return Http2Error.ofConnection(PROTOCOL_ERROR, section, what);
  }
}
