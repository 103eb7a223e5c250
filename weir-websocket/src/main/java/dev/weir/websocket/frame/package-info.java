/**
 * Frames (RFC 6455 5): reading, writing, masking, and the UTF-8 that text frames carry.
 *
 * <p>{@link dev.weir.websocket.frame.FrameParser} reads headers and unmasks payload in place;
 * {@link dev.weir.websocket.frame.FrameEncoder} writes whole frames into an outgoing buffer. Both
 * keep only numbers between calls, never bytes, and allocate nothing. They know nothing of
 * messages, of compression or of what a control frame means: that is the session's.
 */
@NullMarked
package dev.weir.websocket.frame;

import org.jspecify.annotations.NullMarked;
