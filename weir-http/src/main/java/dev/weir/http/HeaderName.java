package dev.weir.http;

import dev.weir.http.fields.KnownNames;
import dev.weir.http.fields.Octets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The name of a field (RFC 9110 5.1): a token, compared without regard to case.
 *
 * <p>Names that have a constant here exist once, so that they compare by reference and cost nothing
 * to look up; {@link #of} gives the constant whenever there is one. Immutable, for any thread.
 */
public final class HeaderName {
  public static final HeaderName ACCEPT = new HeaderName("Accept");
  public static final HeaderName ACCEPT_CHARSET = new HeaderName("Accept-Charset");
  public static final HeaderName ACCEPT_ENCODING = new HeaderName("Accept-Encoding");
  public static final HeaderName ACCEPT_LANGUAGE = new HeaderName("Accept-Language");
  public static final HeaderName ACCEPT_RANGES = new HeaderName("Accept-Ranges");
  public static final HeaderName ACCESS_CONTROL_ALLOW_CREDENTIALS =
      new HeaderName("Access-Control-Allow-Credentials");
  public static final HeaderName ACCESS_CONTROL_ALLOW_HEADERS =
      new HeaderName("Access-Control-Allow-Headers");
  public static final HeaderName ACCESS_CONTROL_ALLOW_METHODS =
      new HeaderName("Access-Control-Allow-Methods");
  public static final HeaderName ACCESS_CONTROL_ALLOW_ORIGIN =
      new HeaderName("Access-Control-Allow-Origin");
  public static final HeaderName ACCESS_CONTROL_EXPOSE_HEADERS =
      new HeaderName("Access-Control-Expose-Headers");
  public static final HeaderName ACCESS_CONTROL_MAX_AGE = new HeaderName("Access-Control-Max-Age");
  public static final HeaderName ACCESS_CONTROL_REQUEST_HEADERS =
      new HeaderName("Access-Control-Request-Headers");
  public static final HeaderName ACCESS_CONTROL_REQUEST_METHOD =
      new HeaderName("Access-Control-Request-Method");
  public static final HeaderName AGE = new HeaderName("Age");
  public static final HeaderName ALLOW = new HeaderName("Allow");
  public static final HeaderName ALT_SVC = new HeaderName("Alt-Svc");
  public static final HeaderName AUTHORIZATION = new HeaderName("Authorization");
  public static final HeaderName CACHE_CONTROL = new HeaderName("Cache-Control");
  public static final HeaderName CONNECTION = new HeaderName("Connection");
  public static final HeaderName CONTENT_DISPOSITION = new HeaderName("Content-Disposition");
  public static final HeaderName CONTENT_ENCODING = new HeaderName("Content-Encoding");
  public static final HeaderName CONTENT_LANGUAGE = new HeaderName("Content-Language");
  public static final HeaderName CONTENT_LENGTH = new HeaderName("Content-Length");
  public static final HeaderName CONTENT_LOCATION = new HeaderName("Content-Location");
  public static final HeaderName CONTENT_RANGE = new HeaderName("Content-Range");
  public static final HeaderName CONTENT_SECURITY_POLICY =
      new HeaderName("Content-Security-Policy");
  public static final HeaderName CONTENT_TYPE = new HeaderName("Content-Type");
  public static final HeaderName COOKIE = new HeaderName("Cookie");
  public static final HeaderName DATE = new HeaderName("Date");
  public static final HeaderName EARLY_DATA = new HeaderName("Early-Data");
  public static final HeaderName ETAG = new HeaderName("ETag");
  public static final HeaderName EXPECT = new HeaderName("Expect");
  public static final HeaderName EXPIRES = new HeaderName("Expires");
  public static final HeaderName FORWARDED = new HeaderName("Forwarded");
  public static final HeaderName FROM = new HeaderName("From");
  public static final HeaderName HOST = new HeaderName("Host");
  public static final HeaderName IF_MATCH = new HeaderName("If-Match");
  public static final HeaderName IF_MODIFIED_SINCE = new HeaderName("If-Modified-Since");
  public static final HeaderName IF_NONE_MATCH = new HeaderName("If-None-Match");
  public static final HeaderName IF_RANGE = new HeaderName("If-Range");
  public static final HeaderName IF_UNMODIFIED_SINCE = new HeaderName("If-Unmodified-Since");
  public static final HeaderName KEEP_ALIVE = new HeaderName("Keep-Alive");
  public static final HeaderName LAST_MODIFIED = new HeaderName("Last-Modified");
  public static final HeaderName LINK = new HeaderName("Link");
  public static final HeaderName LOCATION = new HeaderName("Location");
  public static final HeaderName MAX_FORWARDS = new HeaderName("Max-Forwards");
  public static final HeaderName ORIGIN = new HeaderName("Origin");
  public static final HeaderName PRAGMA = new HeaderName("Pragma");
  public static final HeaderName PRIORITY = new HeaderName("Priority");
  public static final HeaderName PROXY_AUTHENTICATE = new HeaderName("Proxy-Authenticate");
  public static final HeaderName PROXY_AUTHORIZATION = new HeaderName("Proxy-Authorization");
  public static final HeaderName PROXY_CONNECTION = new HeaderName("Proxy-Connection");
  public static final HeaderName RANGE = new HeaderName("Range");
  public static final HeaderName REFERER = new HeaderName("Referer");
  public static final HeaderName RETRY_AFTER = new HeaderName("Retry-After");
  public static final HeaderName SEC_FETCH_DEST = new HeaderName("Sec-Fetch-Dest");
  public static final HeaderName SEC_FETCH_MODE = new HeaderName("Sec-Fetch-Mode");
  public static final HeaderName SEC_FETCH_SITE = new HeaderName("Sec-Fetch-Site");
  public static final HeaderName SEC_FETCH_USER = new HeaderName("Sec-Fetch-User");
  public static final HeaderName SEC_WEBSOCKET_ACCEPT = new HeaderName("Sec-WebSocket-Accept");
  public static final HeaderName SEC_WEBSOCKET_EXTENSIONS =
      new HeaderName("Sec-WebSocket-Extensions");
  public static final HeaderName SEC_WEBSOCKET_KEY = new HeaderName("Sec-WebSocket-Key");
  public static final HeaderName SEC_WEBSOCKET_PROTOCOL = new HeaderName("Sec-WebSocket-Protocol");
  public static final HeaderName SEC_WEBSOCKET_VERSION = new HeaderName("Sec-WebSocket-Version");
  public static final HeaderName SERVER = new HeaderName("Server");
  public static final HeaderName SERVER_TIMING = new HeaderName("Server-Timing");
  public static final HeaderName SET_COOKIE = new HeaderName("Set-Cookie");
  public static final HeaderName STRICT_TRANSPORT_SECURITY =
      new HeaderName("Strict-Transport-Security");
  public static final HeaderName TE = new HeaderName("TE");
  public static final HeaderName TRAILER = new HeaderName("Trailer");
  public static final HeaderName TRANSFER_ENCODING = new HeaderName("Transfer-Encoding");
  public static final HeaderName UPGRADE = new HeaderName("Upgrade");
  public static final HeaderName UPGRADE_INSECURE_REQUESTS =
      new HeaderName("Upgrade-Insecure-Requests");
  public static final HeaderName USER_AGENT = new HeaderName("User-Agent");
  public static final HeaderName VARY = new HeaderName("Vary");
  public static final HeaderName VIA = new HeaderName("Via");
  public static final HeaderName WWW_AUTHENTICATE = new HeaderName("WWW-Authenticate");
  public static final HeaderName X_CONTENT_TYPE_OPTIONS = new HeaderName("X-Content-Type-Options");
  public static final HeaderName X_FORWARDED_FOR = new HeaderName("X-Forwarded-For");
  public static final HeaderName X_FORWARDED_HOST = new HeaderName("X-Forwarded-Host");
  public static final HeaderName X_FORWARDED_PROTO = new HeaderName("X-Forwarded-Proto");
  public static final HeaderName X_FRAME_OPTIONS = new HeaderName("X-Frame-Options");
  public static final HeaderName X_REQUESTED_WITH = new HeaderName("X-Requested-With");

  /** Every name that has a constant in this class. */
  public static final List<HeaderName> WELL_KNOWN =
      List.of(
          ACCEPT,
          ACCEPT_CHARSET,
          ACCEPT_ENCODING,
          ACCEPT_LANGUAGE,
          ACCEPT_RANGES,
          ACCESS_CONTROL_ALLOW_CREDENTIALS,
          ACCESS_CONTROL_ALLOW_HEADERS,
          ACCESS_CONTROL_ALLOW_METHODS,
          ACCESS_CONTROL_ALLOW_ORIGIN,
          ACCESS_CONTROL_EXPOSE_HEADERS,
          ACCESS_CONTROL_MAX_AGE,
          ACCESS_CONTROL_REQUEST_HEADERS,
          ACCESS_CONTROL_REQUEST_METHOD,
          AGE,
          ALLOW,
          ALT_SVC,
          AUTHORIZATION,
          CACHE_CONTROL,
          CONNECTION,
          CONTENT_DISPOSITION,
          CONTENT_ENCODING,
          CONTENT_LANGUAGE,
          CONTENT_LENGTH,
          CONTENT_LOCATION,
          CONTENT_RANGE,
          CONTENT_SECURITY_POLICY,
          CONTENT_TYPE,
          COOKIE,
          DATE,
          EARLY_DATA,
          ETAG,
          EXPECT,
          EXPIRES,
          FORWARDED,
          FROM,
          HOST,
          IF_MATCH,
          IF_MODIFIED_SINCE,
          IF_NONE_MATCH,
          IF_RANGE,
          IF_UNMODIFIED_SINCE,
          KEEP_ALIVE,
          LAST_MODIFIED,
          LINK,
          LOCATION,
          MAX_FORWARDS,
          ORIGIN,
          PRAGMA,
          PRIORITY,
          PROXY_AUTHENTICATE,
          PROXY_AUTHORIZATION,
          PROXY_CONNECTION,
          RANGE,
          REFERER,
          RETRY_AFTER,
          SEC_FETCH_DEST,
          SEC_FETCH_MODE,
          SEC_FETCH_SITE,
          SEC_FETCH_USER,
          SEC_WEBSOCKET_ACCEPT,
          SEC_WEBSOCKET_EXTENSIONS,
          SEC_WEBSOCKET_KEY,
          SEC_WEBSOCKET_PROTOCOL,
          SEC_WEBSOCKET_VERSION,
          SERVER,
          SERVER_TIMING,
          SET_COOKIE,
          STRICT_TRANSPORT_SECURITY,
          TE,
          TRAILER,
          TRANSFER_ENCODING,
          UPGRADE,
          UPGRADE_INSECURE_REQUESTS,
          USER_AGENT,
          VARY,
          VIA,
          WWW_AUTHENTICATE,
          X_CONTENT_TYPE_OPTIONS,
          X_FORWARDED_FOR,
          X_FORWARDED_HOST,
          X_FORWARDED_PROTO,
          X_FRAME_OPTIONS,
          X_REQUESTED_WITH);

  private final String name;
  private final String lowerCase;
  private final byte[] bytes;

  private final boolean wellKnown;
  private final int hash;

  private HeaderName(String name) {
    this(name, true);
  }

  private HeaderName(String name, boolean wellKnown) {
    this.name = name;
    this.wellKnown = wellKnown;
    this.lowerCase = name.toLowerCase(Locale.ROOT);
    this.bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    this.hash = lowerCase.hashCode();
  }

  /**
   * The name that is written so, in any case.
   *
   * @throws IllegalArgumentException if the text is not a token (RFC 9110 5.6.2)
   */
  public static HeaderName of(String name) {
    var known = KnownNames.find(name);
    if (known != null) {
      return known;
    }
    if (!Octets.isToken(name)) {
      throw new IllegalArgumentException(
          "field name " + Octets.quote(name) + " is not a token (RFC 9110 5.1)");
    }
    return new HeaderName(name, false);
  }

  /** The name in lower case, as HTTP/2 and HTTP/3 carry it (RFC 9113 8.2.1). */
  public String lowerCase() {
    return lowerCase;
  }

  /** Whether it has a constant in this class, so that no other instance equals it. */
  public boolean wellKnown() {
    return wellKnown;
  }

  /** How many bytes the name takes on the wire. */
  public int length() {
    return bytes.length;
  }

  /**
   * Copies the name, one byte a character, into {@code target} from {@code offset} on.
   *
   * @return the offset after the last byte written
   */
  public int copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
    return offset + bytes.length;
  }

  /** Whether both are the same name but for case. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (!wellKnown && other instanceof HeaderName that && lowerCase.equals(that.lowerCase));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The name as HTTP/1.1 writes it: the customary case for a well-known one, else as given. */
  @Override
  public String toString() {
    return name;
  }
}
