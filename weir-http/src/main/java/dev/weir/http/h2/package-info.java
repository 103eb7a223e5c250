/**
 * HTTP/2 without its I/O (RFC 9113, with RFC 8441 and RFC 9218): bytes and the time go in, events
 * and frames come out; not exported.
 *
 * <p>Start with {@link dev.weir.http.h2.Http2Session}, which is one connection, and {@link
 * dev.weir.http.h2.Http2Stream}, which is one of its streams; both roles use them. Below them, a
 * file for each section of the RFC: {@code FrameReader} and {@code FrameWriter} (4, 6), {@code
 * StreamState} and {@code Streams} (5.1), {@code SendFlow} and {@code ReceiveFlow} (5.2, 6.9),
 * {@code SendScheduler} (RFC 9218 10), {@code PeerSettings} (6.5), {@code Farewell} (6.8), {@code
 * SectionWriter} and {@code Http2Head} (8), {@code Budget} (10.5).
 */
@NullMarked
package dev.weir.http.h2;

import org.jspecify.annotations.NullMarked;
