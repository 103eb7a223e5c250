package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import java.util.List;

/**
 * What must not come late (RFC 9110 6.5.1): fields that frame, route, modify, authenticate or
 * describe the message had to be known before its body. Such trailers are dropped when received and
 * refused when sent.
 */
final class Trailers {
  private static final List<HeaderName> FORBIDDEN =
      List.of(
          HeaderName.AGE,
          HeaderName.AUTHORIZATION,
          HeaderName.CACHE_CONTROL,
          HeaderName.CONNECTION,
          HeaderName.CONTENT_ENCODING,
          HeaderName.CONTENT_LENGTH,
          HeaderName.CONTENT_RANGE,
          HeaderName.CONTENT_TYPE,
          HeaderName.COOKIE,
          HeaderName.DATE,
          HeaderName.EXPECT,
          HeaderName.EXPIRES,
          HeaderName.HOST,
          HeaderName.IF_MATCH,
          HeaderName.IF_MODIFIED_SINCE,
          HeaderName.IF_NONE_MATCH,
          HeaderName.IF_RANGE,
          HeaderName.IF_UNMODIFIED_SINCE,
          HeaderName.KEEP_ALIVE,
          HeaderName.LOCATION,
          HeaderName.MAX_FORWARDS,
          HeaderName.PRAGMA,
          HeaderName.PROXY_AUTHENTICATE,
          HeaderName.PROXY_AUTHORIZATION,
          HeaderName.PROXY_CONNECTION,
          HeaderName.RANGE,
          HeaderName.RETRY_AFTER,
          HeaderName.SET_COOKIE,
          HeaderName.TE,
          HeaderName.TRAILER,
          HeaderName.TRANSFER_ENCODING,
          HeaderName.UPGRADE,
          HeaderName.VARY,
          HeaderName.WWW_AUTHENTICATE);

  private Trailers() {}

  static void dropForbidden(Headers trailers) {
    FORBIDDEN.forEach(trailers::remove);
  }

  /**
   * Refuses forbidden trailers that the program itself wants to send.
   *
   * @throws IllegalArgumentException naming the first of them
   */
  static void check(Headers trailers) {
    for (var name : FORBIDDEN) {
      if (trailers.contains(name)) {
        throw new IllegalArgumentException(
            name + " must not be a trailer; send it in the header section (RFC 9110 6.5.1)");
      }
    }
  }
}
