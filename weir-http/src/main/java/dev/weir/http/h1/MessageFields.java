package dev.weir.http.h1;

import java.nio.charset.StandardCharsets;

/** The field lines that encoders add, as bytes. */
final class MessageFields {
  /** The beginning of the line. */
  static final byte[] CONTENT_LENGTH = "Content-Length: ".getBytes(StandardCharsets.ISO_8859_1);

  static final byte[] CHUNKED = line("Transfer-Encoding: chunked");

  private static final byte[] CLOSE = line("Connection: close");
  private static final byte[] KEEP_ALIVE = line("Connection: keep-alive");
  private static final byte[] NOTHING = {};

  private MessageFields() {}

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The line that says it, or nothing. */
  static byte[] connection(Persistence persistence) {
    return switch (persistence) {
      case IMPLIED -> NOTHING;
      case KEEP_ALIVE -> KEEP_ALIVE;
      case CLOSE -> CLOSE;
    };
  }
}
