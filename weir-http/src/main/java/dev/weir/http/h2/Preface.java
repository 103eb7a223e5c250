package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;

import dev.weir.http.Http2Error;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client's connection begins with (RFC 9113 3.4), and a server's reading of it. */
public final class Preface {
  private static final byte[] BYTES =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** {@code PRI} and a space: no method of HTTP/1.1 (RFC 9113 11.6). */
  private static final int LEAST = 4;

  private int read;

  Preface() {}

  /** Whether bytes, of which there may be too few to tell yet, begin a client's preface. */
  public static boolean isBegunBy(ByteBuffer bytes) {
    for (int i = 0; i < LEAST; i++) {
      if (i == bytes.remaining() || bytes.get(bytes.position() + i) != BYTES[i]) {
        return false;
      }
    }
    return true;
  }

  static void write(Outgoing out) {
    out.frame(BYTES.length).put(BYTES);
  }

  /**
   * Reads on.
   *
   * @return whether all of it was read; false if more bytes are needed
   */
  boolean read(ByteBuffer in) {
    while (in.hasRemaining() && read < BYTES.length) {
      if (in.get() != BYTES[read++]) {
        throw Http2Error.ofConnection(
            PROTOCOL_ERROR, "RFC 9113 3.4", "the client's preface is not that of HTTP/2");
      }
    }
    return read == BYTES.length;
  }
}
