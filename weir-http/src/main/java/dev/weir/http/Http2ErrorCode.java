package dev.weir.http;

/** The error codes of HTTP/2 (RFC 9113 7). */
public enum Http2ErrorCode {
  /** Nothing is wrong: a graceful end. */
  NO_ERROR,
  /** A breach of the protocol that has no code of its own. */
  PROTOCOL_ERROR,
  /** Something failed on the side that sends this. */
  INTERNAL_ERROR,
  /** More bytes were sent than the windows allowed. */
  FLOW_CONTROL_ERROR,
  /** SETTINGS were not acknowledged in time. */
  SETTINGS_TIMEOUT,
  /** A frame came for a stream that was half-closed. */
  STREAM_CLOSED,
  /** A frame had an invalid size. */
  FRAME_SIZE_ERROR,
  /** The stream was refused before anything was done for it; the request may be sent again. */
  REFUSED_STREAM,
  /** The stream is not needed any more. */
  CANCEL,
  /** A field section could not be decompressed. */
  COMPRESSION_ERROR,
  /** The connection that a CONNECT stands for was reset. */
  CONNECT_ERROR,
  /** The peer causes more load than its use of the connection explains. */
  ENHANCE_YOUR_CALM,
  /** The TLS under the connection is weaker than required (RFC 9113 9.2). */
  INADEQUATE_SECURITY,
  /** The request has to be made over HTTP/1.1. */
  HTTP_1_1_REQUIRED;

  private static final Http2ErrorCode[] CODES = values();

  /** The code on the wire. */
  public int code() {
    return ordinal();
  }

  /** The constant for a code; an unknown code counts as INTERNAL_ERROR (RFC 9113 7). */
  public static Http2ErrorCode of(int code) {
    return code >= 0 && code < CODES.length ? CODES[code] : INTERNAL_ERROR;
  }
}
