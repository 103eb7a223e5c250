package dev.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "http, example.com, example.com, 80, example.com, http://example.com",
    "https, example.com, example.com, 443, example.com, https://example.com",
    "HTTPS, Example.COM, example.com, 443, example.com, https://example.com",
    "http, example.com:80, example.com, 80, example.com, http://example.com",
    "http, example.com:, example.com, 80, example.com, http://example.com",
    "http, example.com:443, example.com, 443, example.com:443, http://example.com:443",
    "https, example.com:8443, example.com, 8443, example.com:8443, https://example.com:8443",
    "ws, example.com, example.com, 80, example.com, ws://example.com",
    "wss, example.com, example.com, 443, example.com, wss://example.com",
    "http, localhost:65535, localhost, 65535, localhost:65535, http://localhost:65535",
    "http, 127.0.0.1:8080, 127.0.0.1, 8080, 127.0.0.1:8080, http://127.0.0.1:8080",
    "http, [::1], ::1, 80, [::1], http://[::1]",
    "http, [::1]:8080, ::1, 8080, [::1]:8080, http://[::1]:8080",
    "http, [2001:DB8:0:0::1]:80, 2001:db8::1, 80, [2001:db8::1], http://[2001:db8::1]",
    "http, under_score.example, under_score.example, 80, under_score.example,"
        + " http://under_score.example",
    "http, xn--bcher-kva.example, xn--bcher-kva.example, 80, xn--bcher-kva.example,"
        + " http://xn--bcher-kva.example",
    "http, example.com., example.com., 80, example.com., http://example.com.",
  })
  void readsAndWrites(
      String scheme, String text, String host, int port, String authority, String serialised) {
    var origin = Origin.of(scheme, text);
    assertEquals(host, origin.host());
    assertEquals(port, origin.port());
    assertEquals(authority, origin.authority());
    assertEquals(serialised, origin.toString());
    assertEquals(origin, Origin.of(scheme, origin.authority()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "user@example.com",
        "user:pw@example.com",
        "a b",
        "a/b",
        "example.com:x",
        "example.com:-1",
        "example.com:0",
        "example.com:65536",
        "example.com:999999",
        "example.com:80:80",
        "[::1",
        "::1",
        "[::1]x",
        "[]",
        "[1.2.3.4]",
        "[fe80::1%25eth0]",
        "a..b",
        ".a",
        "b\u00fccher.example",
        "b%C3%BCcher.example",
        "a\r\nb"
      })
  void refusesWhatIsNoHostAndPort(String authority) {
    assertThrows(IllegalArgumentException.class, () -> Origin.of("http", authority));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp", "file", "javascript", "httpss"})
  void refusesOtherSchemes(String scheme) {
    assertThrows(IllegalArgumentException.class, () -> Origin.of(scheme, "example.com"));
  }

  @ParameterizedTest
  @CsvSource({"http, false", "https, true", "HTTPS, true", "ws, false", "wss, true"})
  void knowsWhichSchemesAskForTls(String scheme, boolean secure) {
    assertEquals(secure, Origin.of(scheme, "example.com").secure());
  }

  @Test
  void knowsAddresses() {
    assertTrue(Origin.of("http", "[::1]").hasAddress());
    assertTrue(Origin.of("http", "192.0.2.1").hasAddress());
    assertFalse(Origin.of("http", "example.com").hasAddress());
    assertFalse(Origin.of("http", "1.2.3").hasAddress());
  }

  @Test
  void takesNoNameLongerThanDnsHas() {
    String longest = "a.".repeat(127);
    assertEquals(longest, Origin.of("http", longest).host());
    assertThrows(IllegalArgumentException.class, () -> Origin.of("http", longest + "a"));
  }
}
