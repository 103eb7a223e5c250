package dev.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUriTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://example.com             | http://example.com | /          |
          http://example.com/            | http://example.com | /          |
          HTTP://EXAMPLE.COM/A           | http://example.com | /A         |
          http://example.com?q           | http://example.com | /          | q
          http://example.com/?           | http://example.com | /          | ''
          http://example.com/a/b?c=d&e   | http://example.com | /a/b       | c=d&e
          http://example.com/a?b?c       | http://example.com | /a         | b?c
          http://example.com/a#frag      | http://example.com | /a         |
          http://example.com#frag        | http://example.com | /          |
          http://example.com/a?q#frag    | http://example.com | /a         | q
          http://example.com:80/         | http://example.com | /          |
          https://[::1]:8443/x           | https://[::1]:8443 | /x         |
          http://example.com/a/../b/./c  | http://example.com | /b/c       |
          http://example.com/../../a     | http://example.com | /a         |
          http://example.com//a          | http://example.com | //a        |
          http://example.com/a b?c d     | http://example.com | /a%20b     | c%20d
          http://example.com/caf\u00e9   | http://example.com | /caf%C3%A9 |
          http://example.com/%7Ea        | http://example.com | /%7Ea      |
          wss://example.com/chat         | wss://example.com  | /chat      |
          """)
  void reads(String uri, String origin, String path, @Nullable String query) {
    var target = TargetUri.parse(uri);
    assertEquals(origin, target.origin().toString());
    assertEquals(path, target.path());
    assertEquals(query, target.query());
    assertEquals(query == null ? path : path + '?' + query, target.requestTarget());
    assertEquals(target, TargetUri.parse(target.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "example.com",
        "example.com/a",
        "http:",
        "http:/a",
        "http://",
        "http:///a",
        "//example.com/",
        "ftp://example.com/",
        "mailto:a@b",
        "javascript:alert(1)",
        "http://user@example.com/",
        "http://a b/",
        "http://example.com:x/",
        "http://example.com/\n"
      })
  void refusesWhatIsNoTarget(String uri) {
    assertThrows(IllegalArgumentException.class, () -> TargetUri.parse(uri));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /c                      | https://example.com/c
          c                       | https://example.com/a/c
          ../c                    | https://example.com/c
          ?d                      | https://example.com/a/b?d
          ''                      | https://example.com/a/b?q
          #f                      | https://example.com/a/b?q
          //other.example/x       | https://other.example/x
          http://other.example    | http://other.example/
          /a b                    | https://example.com/a%20b
          /caf\u00c3\u00a9        | https://example.com/caf%C3%A9
          """)
  void resolvesALocation(String location, String target) {
    var base = TargetUri.of(URI.create("https://example.com/a/b?q"));
    assertEquals(target, base.resolve(location).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "ftp://a/",
        "file:///etc/passwd",
        "http://",
        "http://a b/",
        "/a\r\nb"
      })
  void resolvesNoOtherLocation(String location) {
    var base = TargetUri.parse("https://example.com/");
    assertThrows(IllegalArgumentException.class, () -> base.resolve(location));
  }
}
