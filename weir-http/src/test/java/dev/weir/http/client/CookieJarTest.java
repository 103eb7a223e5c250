package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.TargetUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final CookieJar jar = new CookieJar();

  private void set(String uri, String... fields) {
    jar.store(TargetUri.parse(uri), List.of(fields), NOW);
  }

  private @Nullable String get(String uri) {
    return jar.cookies(TargetUri.parse(uri), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # name and value (RFC 6265 5.2)
          a=b                   | a=b
          a=                    | a=
          a=b=c                 | a=b=c
            a  =  b  ; Path=/   | a=b
          a="b c"               | a="b c"
          a=b;                  | a=b
          a=b;;; ; Unknown=1    | a=b
          a=b; Path=/; Path=/   | a=b
          a                     |
          =b                    |
          ``                    |
          ;                     |
          ; a=b                 |
          """)
  void readsNameAndValue(String field, @Nullable String cookie) {
    set("https://example.com/", field);
    assertEquals(cookie, get("https://example.com/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b\u0000", "a=b\r\nc: d", "a\u0001=b", "a=b; Path=/\u007f"})
  void ignoresControlCharacters(String field) {
    set("https://example.com/", field);
    assertNull(get("https://example.com/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # set by              | Domain            | asked by                  | sent
          www.example.com       | -                 | www.example.com           | true
          www.example.com       | -                 | example.com               | false
          www.example.com       | -                 | a.www.example.com         | false
          www.example.com       | ''                | www.example.com           | true
          www.example.com       | ''                | a.www.example.com         | false
          www.example.com       | example.com       | www.example.com           | true
          www.example.com       | example.com       | example.com               | true
          www.example.com       | example.com       | other.example.com         | true
          www.example.com       | example.com       | notexample.com            | false
          www.example.com       | .example.com      | other.example.com         | true
          www.example.com       | EXAMPLE.com       | other.example.com         | true
          www.example.com       | www.example.com   | a.www.example.com         | true
          # not this server's to set
          www.example.com       | other.com         | www.example.com           | false
          www.example.com       | other.example.com | www.example.com           | false
          www.example.com       | a.www.example.com | www.example.com           | false
          www.example.com       | ample.com         | www.example.com           | false
          # too wide
          www.example.com       | com               | www.example.com           | false
          www.example.com       | .com              | www.example.com           | false
          www.example.com       | .                 | www.example.com           | true
          localhost             | localhost         | localhost                 | true
          localhost             | localhost         | a.localhost               | false
          localhost             | -                 | localhost                 | true
          # addresses
          127.0.0.1             | -                 | 127.0.0.1                 | true
          127.0.0.1             | 127.0.0.1         | 127.0.0.1                 | true
          127.0.0.1             | 0.0.1             | 127.0.0.1                 | false
          127.0.0.1             | 0.0.1             | 1.0.0.1                   | false
          [::1]                 | -                 | [::1]                     | true
          [::1]                 | -                 | [0:0:0:0:0:0:0:1]         | true
          """)
  void sendsToTheDomainItIsFor(String setter, @Nullable String domain, String asker, boolean sent) {
    set("https://" + setter + "/", domain == null ? "a=b" : "a=b; Domain=" + domain);
    assertEquals(sent ? "a=b" : null, get("https://" + asker + "/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # set by    | Path      | asked for       | sent
          /           | -         | /               | true
          /           | -         | /x/y            | true
          /x          | -         | /               | true
          /x/         | -         | /               | false
          /x/         | -         | /x              | true
          /x/y        | -         | /x              | true
          /x/y        | -         | /x/             | true
          /x/y        | -         | /x/z            | true
          /x/y        | -         | /xz             | false
          /x/y?/z     | -         | /x              | true
          /           | /x        | /x              | true
          /           | /x        | /x/             | true
          /           | /x        | /x/y            | true
          /           | /x        | /xy             | false
          /           | /x        | /               | false
          /           | /x/       | /x/y            | true
          /           | /x/       | /x              | false
          /x/y        | /         | /               | true
          /x/y        | /other    | /other          | true
          # no path at all: as if there were none
          /x/y        | x         | /x              | true
          /x/y        | ''        | /x              | true
          """)
  void sendsToThePathItIsFor(String setter, @Nullable String path, String asked, boolean sent) {
    set("https://example.com" + setter, path == null ? "a=b" : "a=b; Path=" + path);
    assertEquals(sent ? "a=b" : null, get("https://example.com" + asked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # attributes                                         | seconds it stays, -1 for ever
          a=b                                                  | -1
          a=b; Max-Age=60                                      | 60
          a=b; max-age=60                                      | 60
          a=b; Max-Age=0                                       | 0
          a=b; Max-Age=-1                                      | 0
          a=b; Max-Age=-99999999999999999999                   | 0
          a=b; Max-Age=x                                       | -1
          a=b; Max-Age=                                        | -1
          a=b; Max-Age=1.5                                     | -1
          a=b; Max-Age=+60                                     | -1
          a=b; Expires=Sun, 22 Nov 2026 12:01:00 GMT           | 60
          a=b; Expires=Sun, 22 Nov 2026 12:00:00 GMT           | 0
          a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT           | 0
          a=b; Expires=never                                   | -1
          a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT | 60
          a=b; Expires=Fri, 01 Jan 2027 00:00:00 GMT; Max-Age=60 | 60
          a=b; Max-Age=60; Max-Age=120                         | 120
          a=b; Max-Age=60; Max-Age=x                           | 60
          # nothing is kept longer than 400 days
          a=b; Max-Age=99999999                                | 34560000
          a=b; Max-Age=99999999999999999999                    | 34560000
          a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT           | 34560000
          """)
  void staysAsLongAsItIsTold(String field, long seconds) {
    var target = TargetUri.parse("https://example.com/");
    jar.store(target, List.of(field), NOW);
    if (seconds < 0) {
      assertEquals("a=b", jar.cookies(target, NOW.plus(Duration.ofDays(100_000))));
    } else {
      if (seconds > 0) {
        assertEquals("a=b", jar.cookies(target, NOW.plusSeconds(seconds).minusMillis(1)));
      }
      assertNull(jar.cookies(target, NOW.plusSeconds(seconds)));
    }
  }

  @Test
  void secureCookiesNeedTls() {
    set("https://example.com/", "a=b; Secure");
    assertEquals("a=b", get("https://example.com/"));
    assertNull(get("http://example.com/"));
    assertEquals("a=b", get("wss://example.com/"));
    assertEquals("a=b", get("https://example.com:8443/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # scheme | field                                        | kept
          http     | a=b; Secure                                  | false
          https    | a=b; SameSite=None                           | false
          https    | a=b; SameSite=None; Secure                   | true
          https    | a=b; SameSite=Lax                            | true
          https    | a=b; SameSite=Strict; HttpOnly               | true
          https    | a=b; SameSite=Other                          | true
          https    | __Secure-a=b; Secure                         | true
          https    | __Secure-a=b                                 | false
          http     | __Secure-a=b; Secure                         | false
          https    | __Host-a=b; Secure; Path=/                   | true
          https    | __Host-a=b; Path=/                           | false
          https    | __Host-a=b; Secure                           | false
          https    | __Host-a=b; Secure; Path=/x                  | false
          https    | __Host-a=b; Secure; Path=/; Domain=example.com | false
          https    | __HOST-a=b; Path=/                           | false
          https    | __secure-a=b                                 | false
          """)
  void holdsServersToWhatTheyPromise(String scheme, String field, boolean kept) {
    set(scheme + "://example.com/", field);
    assertEquals(kept ? 1 : 0, jar.size());
  }

  @Test
  void withoutTlsNoSecureCookieIsReplaced() {
    set("https://www.example.com/", "a=secret; Secure; Path=/x; Domain=example.com");
    set("http://www.example.com/", "a=forged; Path=/x; Domain=example.com");
    set("http://www.example.com/", "a=forged; Path=/x/y");
    set("http://www.example.com/", "a=beside; Path=/z");
    assertEquals("a=secret", get("https://www.example.com/x/y"));
    assertEquals("a=beside", get("https://www.example.com/z"));
  }

  @Test
  void aLaterCookieTakesThePlaceOfTheEarlier() {
    set("https://example.com/", "a=1", "b=2", "a=3");
    assertEquals("a=3; b=2", get("https://example.com/"));
    set("https://example.com/", "a=x; Max-Age=0");
    assertEquals("b=2", get("https://example.com/"));
    assertEquals(1, jar.size());
  }

  @Test
  void longerPathsComeFirstThenTheEarlier() {
    set("https://example.com/", "a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x", "d=4; Path=/x");
    assertEquals("b=2; c=3; d=4; a=1", get("https://example.com/x/y"));
  }

  @Test
  void oneNameMayHaveSeveralCookies() {
    set("https://www.example.com/", "a=1", "a=2; Domain=example.com", "a=3; Path=/x");
    assertEquals("a=3; a=1; a=2", get("https://www.example.com/x"));
    assertEquals("a=2", get("https://example.com/x"));
  }

  @Test
  void knowsThePublicSuffixesItIsTold() {
    var strict = new CookieJar(Set.of("co.uk", "github.io")::contains);
    var target = TargetUri.parse("https://www.example.co.uk/");
    strict.store(target, List.of("a=1; Domain=co.uk", "b=2; Domain=example.co.uk"), NOW);
    assertEquals("b=2", strict.cookies(target, NOW));
    var suffix = TargetUri.parse("https://github.io/");
    strict.store(suffix, List.of("c=3; Domain=github.io"), NOW);
    assertEquals("c=3", strict.cookies(suffix, NOW));
    assertNull(strict.cookies(TargetUri.parse("https://me.github.io/"), NOW));
  }

  @Test
  void sizesHaveLimits() {
    set("https://example.com/", "a=" + "x".repeat(SetCookie.MAX_BYTES - 1));
    assertNotNull(get("https://example.com/"));
    jar.clear();
    set("https://example.com/", "a=" + "x".repeat(SetCookie.MAX_BYTES));
    assertNull(get("https://example.com/"));
    String longest = "/" + "p".repeat(SetCookie.MAX_ATTRIBUTE_BYTES - 1);
    set("https://example.com/", "a=b; Path=" + longest, "c=d; Path=" + longest + "p");
    assertEquals("c=d", get("https://example.com/"));
    assertEquals("a=b; c=d", get("https://example.com" + longest));
  }

  @Test
  void aDomainHasSoManyCookiesAndTheOldestGoes() {
    for (int i = 0; i <= CookieJar.MAX_COOKIES_PER_DOMAIN; i++) {
      set("https://example.com/", "n" + i + "=1");
    }
    set("https://other.example/", "a=b");
    String cookies = String.valueOf(get("https://example.com/"));
    assertEquals(CookieJar.MAX_COOKIES_PER_DOMAIN, cookies.split("; ", -1).length);
    assertTrue(cookies.startsWith("n1=1; "), cookies);
    assertEquals(CookieJar.MAX_COOKIES_PER_DOMAIN + 1, jar.size());
  }

  @Test
  void aJarHoldsSoManyCookiesAndTheOldestGoes() {
    for (int i = 0; i <= CookieJar.MAX_COOKIES; i++) {
      set("https://host" + i + ".example/", "a=b");
    }
    assertEquals(CookieJar.MAX_COOKIES, jar.size());
    assertNull(get("https://host0.example/"));
    assertEquals("a=b", get("https://host1.example/"));
  }

  @Test
  void forgetsExpiredCookiesWhenItStores() {
    var target = TargetUri.parse("https://example.com/");
    jar.store(target, List.of("a=b; Max-Age=1"), NOW);
    jar.store(target, List.of("c=d"), NOW.plusSeconds(1));
    assertEquals(1, jar.size());
  }
}
