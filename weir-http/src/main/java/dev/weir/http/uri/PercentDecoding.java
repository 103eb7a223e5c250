package dev.weir.http.uri;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads the percent-encoded octets of a URI's part as UTF-8 (RFC 3986 2.1, 2.5). Stateless. */
public final class PercentDecoding {
  private PercentDecoding() {}

  /**
   * Decodes once: what the decoded text holds is never decoded again.
   *
   * @param text of a request target, ASCII
   * @param start where the part begins
   * @param end where it ends, exclusive
   * @return the decoded part; null if a percent sign is not followed by two hex digits, a character
   *     is not ASCII, or the octets are not UTF-8 (overlong forms and surrogates are not)
   */
  public static @Nullable String decode(String text, int start, int end) {
    if (isPlain(text, start, end)) {
      return text.substring(start, end);
    }
    var octets = ByteBuffer.allocate(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      if (c == '%') {
        if (end - i < 3
            || !HexFormat.isHexDigit(text.charAt(i + 1))
            || !HexFormat.isHexDigit(text.charAt(i + 2))) {
          return null;
        }
        octets.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        octets.put((byte) c);
      }
    }
    try {
      // A decoder made for the purpose reports malformed octets; the String constructor hides them.
      return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isPlain(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%' || c >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
