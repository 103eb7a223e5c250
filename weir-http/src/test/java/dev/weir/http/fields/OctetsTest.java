package dev.weir.http.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HeaderName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OctetsTest {
  private static final String ALPHANUMERIC =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** Each class, spelled out from its RFC, against the table, for all 256 octets. */
  @Test
  void areOfTheClassesThatTheRfcsName() {
    for (int c = 0; c < 256; c++) {
      byte octet = (byte) c;
      boolean alphanumeric = ALPHANUMERIC.indexOf(c) >= 0;
      boolean visible = c > 0x20 && c < 0x7f;
      assertThat(Octets.isTchar(octet))
          .as("tchar %x", c)
          .isEqualTo(alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
      assertThat(Octets.isFieldValue(octet))
          .as("field value %x", c)
          .isEqualTo(visible || c == ' ' || c == '\t' || c >= 0x80);
      assertThat(Octets.isTarget(octet))
          .as("target %x", c)
          .isEqualTo(visible && c != '?' && c != '#');
      assertThat(Octets.isHost(octet))
          .as("host %x", c)
          .isEqualTo(alphanumeric || "-._~!$&'()*+,;=%".indexOf(c) >= 0);
      assertThat(Octets.isScheme(octet))
          .as("scheme %x", c)
          .isEqualTo(alphanumeric || "+-.".indexOf(c) >= 0);
      assertThat(Octets.isDigit(octet)).isEqualTo(c >= '0' && c <= '9');
      assertThat(Octets.isAlpha(octet)).isEqualTo((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
      assertThat(Octets.hexDigit(octet)).isEqualTo(c < 0x80 ? Character.digit(c, 16) : -1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'a\r\n\t\"\\\u0001\u00e9', '\"a\\r\\n\\t\\\"\\\\\\x1\\xe9\"'",
    "'', '\"\"'",
  })
  void areQuotedForMessages(String text, String quoted) {
    assertThat(Octets.quote(text)).isEqualTo(quoted);
  }

  @Test
  void areCutForMessagesWhenLong() {
    assertThat(Octets.quote("x".repeat(64))).isEqualTo('"' + "x".repeat(64) + '"');
    assertThat(Octets.quote("x".repeat(65))).isEqualTo('"' + "x".repeat(64) + "...\"");
    var bytes = "x".repeat(99).getBytes(StandardCharsets.US_ASCII);
    assertThat(Octets.quote(bytes, 1, 99)).isEqualTo('"' + "x".repeat(64) + "...\"");
    assertThat(Octets.quote(bytes, 97, 99)).isEqualTo("\"xx\"");
  }

  /** Tokens that are one bit from a well-known name are not taken for it. */
  @Test
  void mustMatchAWellKnownNameInEveryBitButCase() {
    for (var name : HeaderName.WELL_KNOWN) {
      var bytes = name.toString().getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < bytes.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
          var other = bytes.clone();
          other[i] ^= (byte) (1 << bit);
          if (!Octets.isTchar(other[i])) {
            continue;
          }
          var found = KnownNames.find(other, 0, other.length);
          var text = new String(other, StandardCharsets.ISO_8859_1);
          if (text.equalsIgnoreCase(name.toString())) {
            assertThat(found).isSameAs(name);
          } else {
            assertThat(found).as(text).isNotSameAs(name);
          }
        }
      }
    }
  }
}
