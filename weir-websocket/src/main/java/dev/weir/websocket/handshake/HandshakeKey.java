package dev.weir.websocket.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Sec-WebSocket-Key and what a server makes of it (RFC 6455 4.1, 4.2.2): proof that it understood
 * the request, no secret.
 */
final class HandshakeKey {

  static final int NONCE_BYTES = 16;

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private HandshakeKey() {}

  static String of(byte[] nonce) {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("nonce of " + nonce.length + " bytes, expected 16");
    }
    return Base64.getEncoder().encodeToString(nonce);
  }

  /** Tells whether this is 16 bytes in Base64, with padding. */
  static boolean isValid(String key) {
    try {
      return key.length() == 24 && Base64.getDecoder().decode(key).length == NONCE_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static String accept(String key) {
    try {
      byte[] both = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
