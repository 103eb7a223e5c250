package dev.weir.bench.run;

/** What a server can be asked for; a workload is run against the peers that have its skill. */
public enum Skill {
  /** {@code GET /} over plain HTTP/1.1. */
  H1,
  /** {@code GET /} over HTTP/1.1 over TLS. */
  H1_TLS,
  /** {@code GET /} over HTTP/2 by prior knowledge. */
  H2,
  /** {@code GET /} over HTTP/2 over TLS. */
  H2_TLS,
  /** {@code GET /100k}, and {@code POST /upload}, on whatever version of HTTP it has. */
  BODIES,
  /** {@code GET /file}, by its own facility for static files. */
  FILE,
  /** A WebSocket on {@code /ws} that echoes. */
  WEBSOCKET,
  /** The same with permessage-deflate. */
  DEFLATE,
  /** A WebSocket on {@code /broadcast}. */
  BROADCAST
}
