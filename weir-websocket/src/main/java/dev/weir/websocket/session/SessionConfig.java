package dev.weir.websocket.session;

import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.frame.FrameEncoder;

/**
 * What many sessions on one loop have in common.
 *
 * @param encoder writes frames; the role of the sessions is its role
 * @param limits what each connection may cost
 * @param streamed whether messages are handed on piece by piece rather than whole
 */
public record SessionConfig(FrameEncoder encoder, WebSocketLimits limits, boolean streamed) {

  MessageReceiver receiver(SessionListener listener) {
    return streamed
        ? new StreamedMessages(listener, limits.maxMessageBytes())
        : new WholeMessages(listener, limits.maxMessageBytes());
  }
}
