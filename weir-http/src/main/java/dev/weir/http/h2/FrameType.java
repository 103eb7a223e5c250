package dev.weir.http.h2;

/** The types of frames (RFC 9113 6, RFC 9218 7.1) and their flags. */
final class FrameType {
  static final int DATA = 0x00;
  static final int HEADERS = 0x01;
  static final int PRIORITY = 0x02;
  static final int RST_STREAM = 0x03;
  static final int SETTINGS = 0x04;
  static final int PUSH_PROMISE = 0x05;
  static final int PING = 0x06;
  static final int GOAWAY = 0x07;
  static final int WINDOW_UPDATE = 0x08;
  static final int CONTINUATION = 0x09;
  static final int PRIORITY_UPDATE = 0x10;

  /** Of DATA and HEADERS. */
  static final int END_STREAM = 0x01;

  /** Of SETTINGS and PING. */
  static final int ACK = 0x01;

  /** Of HEADERS and CONTINUATION. */
  static final int END_HEADERS = 0x04;

  /** Of DATA and HEADERS. */
  static final int PADDED = 0x08;

  /** Of HEADERS: five bytes of the priority scheme that RFC 9113 5.3 dropped come first. */
  static final int PRIORITY_PRESENT = 0x20;

  /** The length of every frame's header (RFC 9113 4.1). */
  static final int HEADER_BYTES = 9;

  private FrameType() {}
}
