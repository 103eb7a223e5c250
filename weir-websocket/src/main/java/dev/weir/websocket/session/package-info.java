/**
 * One connection's protocol (RFC 6455 5 to 7), from frames to messages, without I/O.
 *
 * <p>{@link dev.weir.websocket.session.WebSocketSession} is the whole: bytes go in, a {@link
 * dev.weir.websocket.session.SessionListener} hears what they mean, and frames go out into a {@link
 * dev.weir.websocket.session.FrameSink}. Behind it, one concern each: {@code WholeMessages} or
 * {@code StreamedMessages} receive, {@code MessageSender} sends, {@code ControlQueue} keeps what
 * output could not take, {@code CloseFrame} and {@code SessionState} are the closing handshake.
 */
@NullMarked
package dev.weir.websocket.session;

import org.jspecify.annotations.NullMarked;
