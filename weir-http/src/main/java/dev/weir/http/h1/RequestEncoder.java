package dev.weir.http.h1;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.fields.Authority;
import dev.weir.http.fields.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the heads of requests (RFC 9112 3). The fields that frame the message are its own
 * business: what the headers say about them is ignored. One serves all connections of a loop.
 */
public final class RequestEncoder {
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final HeadWriter writer = new HeadWriter();

  /**
   * Writes a head at the position of {@code out}, as a whole or not at all. Host comes first (RFC
   * 9110 7.2).
   *
   * @param target in the form that method and peer ask for (RFC 9112 3.2)
   * @param authority host, or host:port, of the target URI; a Host field in the headers has
   *     precedence
   * @param framing NONE, LENGTH or CHUNKED
   * @param length of the body in bytes, if the framing is LENGTH
   * @return whether there was room; if not, nothing was written
   * @throws IllegalArgumentException if the target or authority could not be taken for one
   */
  public boolean encode(
      ByteBuffer out,
      Method method,
      String target,
      String authority,
      Headers headers,
      BodyFraming framing,
      long length,
      Persistence persistence) {
    if (!HeadWriter.isTarget(target)) {
      throw new IllegalArgumentException(
          "target %s has characters that a URI has not; escape them (RFC 9112 3.2)"
              .formatted(Octets.quote(target)));
    }
    writer.start();
    writer.put(method.toString());
    writer.put(' ');
    writer.put(target);
    writer.put(VERSION);
    var host = headers.get(HeaderName.HOST);
    writer.field(HeaderName.HOST, host != null ? host : checked(authority));
    for (int i = 0; i < headers.size(); i++) {
      var name = headers.name(i);
      if (!name.equals(HeaderName.HOST)
          && !name.equals(HeaderName.CONTENT_LENGTH)
          && !name.equals(HeaderName.TRANSFER_ENCODING)) {
        writer.field(name, headers.value(i));
      }
    }
    if (headers.contains(HeaderName.TE)
        && !FieldLists.contains(headers, HeaderName.CONNECTION, "TE")) {
      // RFC 9110 10.1.4: TE is for the next hop only, and says so.
      writer.field(HeaderName.CONNECTION, "TE");
    }
    switch (framing) {
      case NONE -> {}
      case LENGTH -> writer.field(HeaderName.CONTENT_LENGTH, length);
      case CHUNKED -> writer.put(MessageFields.CHUNKED);
      case UNTIL_CLOSE, SWITCHED ->
          throw new IllegalArgumentException(
              "a request body cannot end with the connection (RFC 9112 6.3)");
    }
    writer.put(MessageFields.connection(persistence));
    writer.endLine();
    return writer.writeTo(out);
  }

  private static String checked(String authority) {
    var bytes = authority.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > 0 && !Authority.isValid(bytes, 0, bytes.length)) {
      throw new IllegalArgumentException(
          "authority %s is not host or host:port (RFC 9110 7.2)"
              .formatted(Octets.quote(authority)));
    }
    return authority;
  }
}
