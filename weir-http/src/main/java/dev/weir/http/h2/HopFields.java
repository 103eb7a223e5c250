package dev.weir.http.h2;

import dev.weir.http.HeaderName;

/** The fields that say something of an HTTP/1.1 connection, which HTTP/2 says otherwise. */
final class HopFields {
  private HopFields() {}

  /** Whether a message must not have it (RFC 9113 8.2.2), or says it by a pseudo-header: Host. */
  static boolean isHopField(HeaderName name) {
    return name.equals(HeaderName.HOST) || isConnectionSpecific(name);
  }

  /** Whether a message that has it is malformed (RFC 9113 8.2.2). */
  static boolean isConnectionSpecific(HeaderName name) {
    return name.wellKnown()
        && (name.equals(HeaderName.CONNECTION)
            || name.equals(HeaderName.KEEP_ALIVE)
            || name.equals(HeaderName.PROXY_CONNECTION)
            || name.equals(HeaderName.TRANSFER_ENCODING)
            || name.equals(HeaderName.UPGRADE));
  }
}
