package dev.weir.http.server;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.RequestHead;
import dev.weir.http.h2.Preface;
import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a connection becomes one of HTTP/2. With TLS, ALPN chooses (RFC 9113 3.2); without, the
 * client's preface, if it knows beforehand (RFC 9113 3.3), or its offer to upgrade (RFC 7540 3.2,
 * which RFC 9113 dropped and clients still send).
 */
final class Http2Switch {
  private static final HeaderName HTTP2_SETTINGS = HeaderName.of("HTTP2-Settings");

  private Http2Switch() {}

  /** Whether both sides have agreed on it in the TLS handshake. */
  static boolean isAgreed(ByteStream stream) {
    var tls = stream.carrier().tls();
    return tls != null && "h2".equals(tls.alpn());
  }

  /** Whether the first bytes of a connection begin the preface of HTTP/2. */
  static boolean isPreface(ByteStream stream, ByteBuffer first) {
    return stream.carrier().tls() == null && Preface.isBegunBy(first);
  }

  /**
   * The settings that come with an offer to upgrade, or {@code null} if there is none that can be
   * taken. A request with a body is answered in HTTP/1.1: the body would have to come first.
   */
  static @Nullable ByteBuffer offered(ByteStream stream, RequestHead head) {
    if (!head.upgrade() || stream.carrier().tls() != null || head.framing() != BodyFraming.NONE) {
      return null;
    }
    Headers fields = head.headers();
    var settings = fields.all(HTTP2_SETTINGS);
    if (settings.size() != 1 || !"h2c".equals(fields.get(HeaderName.UPGRADE))) {
      return null;
    }
    try {
      byte[] pairs = Base64.getUrlDecoder().decode(settings.getFirst());
      return pairs.length % 6 == 0 ? ByteBuffer.wrap(pairs) : null;
    } catch (IllegalArgumentException e) {
      // RFC 7540 3.2.1: not base64url; HTTP/1.1 goes on.
      return null;
    }
  }
}
