package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.FLOW_CONTROL_ERROR;
import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;

/** What the peer has announced, at first what holds before it does (RFC 9113 6.5.2). */
final class PeerSettings {

  /**
   * How many streams are opened before the peer has said how many may be: there is no limit then,
   * but it recommends at least so many (RFC 9113 6.5.2), and refuses what is too many.
   */
  private static final long BEFORE_IT_IS_SAID = 100;

  private int headerTableSize = 4096;
  private long maxConcurrentStreams = BEFORE_IT_IS_SAID;
  private int initialWindow = FlowWindow.INITIAL;
  private boolean connectProtocol;

  /** The first SETTINGS come: what they do not say has no limit. */
  void begin() {
    maxConcurrentStreams = 0xffff_ffffL;
  }

  /**
   * Notes one setting; one that is not known is ignored (RFC 9113 6.5.2).
   *
   * @param fromServer whether the peer is a server
   */
  void set(int identifier, int value, boolean fromServer) {
    switch (identifier) {
      case Setting.HEADER_TABLE_SIZE ->
          headerTableSize = (int) Math.min(value & 0xffff_ffffL, Integer.MAX_VALUE);
      case Setting.ENABLE_PUSH -> {
        if (value < 0 || value > (fromServer ? 0 : 1)) {
          throw invalid(PROTOCOL_ERROR, "RFC 9113 6.5.2", "ENABLE_PUSH", value);
        }
      }
      case Setting.MAX_CONCURRENT_STREAMS -> maxConcurrentStreams = value & 0xffff_ffffL;
      case Setting.INITIAL_WINDOW_SIZE -> {
        if (value < 0) {
          throw invalid(FLOW_CONTROL_ERROR, "RFC 9113 6.5.2", "INITIAL_WINDOW_SIZE", value);
        }
        initialWindow = value;
      }
      case Setting.MAX_FRAME_SIZE -> {
        // Ours stay at the least that a peer may announce: larger ones would win nothing.
        if (value < FrameReader.MAX_FRAME || value > 0xff_ffff) {
          throw invalid(PROTOCOL_ERROR, "RFC 9113 6.5.2", "MAX_FRAME_SIZE", value);
        }
      }
      case Setting.ENABLE_CONNECT_PROTOCOL -> {
        if (value < 0 || value > 1 || (connectProtocol && value == 0)) {
          throw invalid(PROTOCOL_ERROR, "RFC 8441 3", "ENABLE_CONNECT_PROTOCOL", value);
        }
        connectProtocol = value == 1;
      }
      case Setting.NO_RFC7540_PRIORITIES -> {
        if (value < 0 || value > 1) {
          throw invalid(PROTOCOL_ERROR, "RFC 9218 2.1", "NO_RFC7540_PRIORITIES", value);
        }
      }
      default -> {}
    }
  }

  private static Http2Error invalid(Http2ErrorCode error, String section, String name, int value) {
    return Http2Error.ofConnection(
        error, section, "SETTINGS_" + name + " of " + Integer.toUnsignedString(value));
  }

  int headerTableSize() {
    return headerTableSize;
  }

  long maxConcurrentStreams() {
    return maxConcurrentStreams;
  }

  int initialWindow() {
    return initialWindow;
  }

  boolean connectProtocol() {
    return connectProtocol;
  }
}
