package dev.weir.websocket.session;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.frame.Utf8Validator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The payload of a Close frame (RFC 6455 5.5.1).
 *
 * @param code why the connection closes, {@link CloseCode#NO_STATUS} for an empty payload
 * @param reason up to 123 bytes of UTF-8
 */
record CloseFrame(int code, String reason) {

  static final int MAX_REASON_BYTES = 123;

  /** Reads a payload that came, from position to limit. */
  static CloseFrame parse(ByteBuffer payload) {
    if (!payload.hasRemaining()) {
      return new CloseFrame(CloseCode.NO_STATUS, "");
    }
    if (payload.remaining() == 1) {
      throw new WebSocketException.Violation(
          CloseCode.PROTOCOL_ERROR, "RFC 6455 5.5.1", "Close frame with half a code");
    }
    int code = payload.getShort() & 0xFFFF;
    if (!CloseCode.mayTravel(code)) {
      throw new WebSocketException.Violation(
          CloseCode.PROTOCOL_ERROR, "RFC 6455 7.4", "Close frame with reserved code " + code);
    }
    var validator = new Utf8Validator();
    if (validator.wrongAt(payload) >= 0 || !validator.isComplete()) {
      throw new WebSocketException.Violation(
          CloseCode.INVALID_PAYLOAD, "RFC 6455 8.1", "Close frame with a reason that is not UTF-8");
    }
    return new CloseFrame(code, StandardCharsets.UTF_8.decode(payload).toString());
  }

  /** Checks what an application wants to send. */
  static CloseFrame toSend(int code, String reason) {
    if (code == CloseCode.NO_STATUS && reason.isEmpty()) {
      return new CloseFrame(code, reason);
    }
    if (!CloseCode.mayTravel(code)) {
      throw new IllegalArgumentException("close code " + code + " must not be sent");
    }
    if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      throw new IllegalArgumentException("reason of more than 123 bytes: " + reason);
    }
    return new CloseFrame(code, reason);
  }

  /** Says to the peer what it did wrong. */
  static CloseFrame of(WebSocketException error) {
    String text = error.reference() + ": " + error.getMessage();
    return new CloseFrame(
        (int) error.code(), text.substring(0, Math.min(text.length(), MAX_REASON_BYTES)));
  }

  /** The answer to a Close frame repeats its code (RFC 6455 5.5.1). */
  CloseFrame echo() {
    return new CloseFrame(code, "");
  }

  ByteBuffer encode() {
    if (code == CloseCode.NO_STATUS) {
      return ByteBuffer.allocate(0);
    }
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + utf8.length).putShort((short) code).put(utf8).flip();
  }
}
