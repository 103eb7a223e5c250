/**
 * Weir and its peers of the JVM as servers of the same few routes, each written as its users would
 * write it and tuned for one thread. {@link dev.weir.bench.server.ServerMain} starts one of them.
 *
 * <ul>
 *   <li>{@code GET /} is {@code Hello, World!}; {@code GET /100k} is 100,000 bytes
 *   <li>{@code POST /upload} reads the body, keeps nothing of it, and answers as {@code /}
 *   <li>{@code GET /file} is the file {@code www/file}, by the peer's own facility for files
 *   <li>{@code GET /ws} is a WebSocket that echoes; {@code GET /broadcast} is one whose messages go
 *       to all that are open there
 * </ul>
 */
@NullMarked
package dev.weir.bench.server;

import org.jspecify.annotations.NullMarked;
