package dev.weir.http.h1;

import dev.weir.http.HttpVersion;

/** What a message must say about the connection after it (RFC 9112 9.3, 9.6). */
public enum Persistence {
  /** It persists, as the peer expects without being told. */
  IMPLIED,
  /** It persists, which a peer of version 1.0 must be told. */
  KEEP_ALIVE,
  /** It is closed after this exchange. */
  CLOSE;

  /** What to say to a peer of that version. */
  public static Persistence of(HttpVersion peer, boolean keepAlive) {
    if (!keepAlive) {
      return CLOSE;
    }
    return peer == HttpVersion.HTTP_1_0 ? KEEP_ALIVE : IMPLIED;
  }
}
