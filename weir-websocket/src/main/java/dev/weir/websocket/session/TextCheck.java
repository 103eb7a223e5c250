package dev.weir.websocket.session;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.frame.Utf8Validator;
import java.nio.ByteBuffer;

/** Holds a text message to UTF-8 (RFC 6455 8.1), across its frames, at the first wrong byte. */
final class TextCheck {

  private final Utf8Validator validator = new Utf8Validator();

  void begin() {
    validator.reset();
  }

  void piece(ByteBuffer bytes, boolean last, boolean ascii) {
    if (!ascii || !validator.isComplete()) {
      int wrong = validator.wrongAt(bytes);
      if (wrong >= 0) {
        throw violation(
            "text with byte 0x" + Integer.toHexString(bytes.get(wrong) & 0xFF) + " out of place");
      }
    }
    if (last && !validator.isComplete()) {
      throw violation("text ends within a character");
    }
  }

  /** Returns how many bytes at the end belong to a character that is not complete. */
  int pending() {
    return validator.pending();
  }

  private static WebSocketException violation(String message) {
    return new WebSocketException.Violation(CloseCode.INVALID_PAYLOAD, "RFC 6455 8.1", message);
  }
}
