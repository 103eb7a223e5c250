package dev.weir.http.h1;

/** How the end of a message body is found (RFC 9112 6.3). */
public enum BodyFraming {
  /** There is no body. */
  NONE,
  /** Content-Length says how long it is (RFC 9112 6.2). */
  LENGTH,
  /** It comes in chunks, and perhaps trailers after them (RFC 9112 7.1). */
  CHUNKED,
  /** It ends with the connection (RFC 9112 6.3, rule 8); of responses only. */
  UNTIL_CLOSE,
  /** What follows is no HTTP any more: a tunnel by CONNECT, or what was upgraded to by 101. */
  SWITCHED
}
