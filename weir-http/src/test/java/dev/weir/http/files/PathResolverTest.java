package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.weir.http.files.PathResolver.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathResolverTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                     | ''                 | true
          /                      | ''                 | true
          //                     | ''                 | true
          /.                     | ''                 | true
          /a                     | a                  | false
          a                      | a                  | false
          /a/                    | a                  | true
          /a/.                   | a                  | true
          /a/%2e                 | a                  | true
          /a/b.html              | a/b.html           | false
          /a//b                  | a/b                | false
          /a/./b                 | a/b                | false
          /a/%2E/b               | a/b                | false
          /a%20b                 | 'a b'              | false
          /a+b                   | a+b                | false
          /caf%C3%A9             | café               | false
          /%F0%9F%98%80          | 😀                 | false
          /%252e%252e/x          | %2e%2e/x           | false
          /100%25                | 100%               | false
          /...                   | ...                | false
          /a..b                  | a..b               | false
          /a;v=1                 | a;v=1              | false
          /.well-known/acme/x    | .well-known/acme/x | false
          /%2ewell-known/x       | .well-known/x      | false
          /a:b                   | a:b                | false
          /~user                 | ~user              | false
          """)
  void resolvesBelowTheRoot(String path, String relative, boolean directory) {
    var expected =
        relative.equals("...")
            ? new Resolution.Hidden()
            : new Resolution.Below(relative, directory);
    assertEquals(expected, PathResolver.resolve(path, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/../",
        "/../etc/passwd",
        "/a/../b",
        "/a/..",
        "/a/../../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/%2E%2E/etc/passwd",
        "/.%2e/etc/passwd",
        "/%2e./etc/passwd",
        "/..%2fetc/passwd",
        "/..%2Fetc%2Fpasswd",
        "/%2e%2e%2fetc/passwd",
        "/a%2fb",
        "/a%5cb",
        "/a\\b",
        "/..\\etc\\passwd",
        "/..%5c..%5cetc",
        "/a%00",
        "/a%00.html",
        "/%00",
        "/a%0a",
        "/a%0d%0aSet-Cookie:x",
        "/a%7f",
        "/%",
        "/%2",
        "/a%",
        "/a%2",
        "/%zz",
        "/%2g",
        "/%%32e",
        "/%u002e%u002e/",
        "/%c0%ae%c0%ae/etc/passwd",
        "/%c0%af",
        "/%e0%80%ae",
        "/%e0%80%af",
        "/%f0%80%80%ae",
        "/%c0%80",
        "/%c1%9c",
        "/%ff",
        "/%80",
        "/%c3",
        "/%c3/%a9",
        "/%ed%a0%80",
        "/%f4%90%80%80",
        "/caf\u00e9",
        "/%\uff12e",
      })
  void refusesWhatIsMalformedOrReachesOut(String path) {
    assertInstanceOf(Resolution.Malformed.class, PathResolver.resolve(path, false));
    assertInstanceOf(Resolution.Malformed.class, PathResolver.resolve(path, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.git/config",
        "/.htaccess",
        "/a/.env",
        "/.a/b/c",
        "/%2egit/config",
        "/a/.well-known/x",
        "/.well-known/.secret",
        "/.well-knownx",
        "/...",
      })
  void hidesDotNamesUnlessTold(String path) {
    assertInstanceOf(Resolution.Hidden.class, PathResolver.resolve(path, false));
    assertInstanceOf(Resolution.Below.class, PathResolver.resolve(path, true));
  }

  @Test
  void isMalformedRatherThanHidden() {
    assertInstanceOf(Resolution.Malformed.class, PathResolver.resolve("/.git/..", false));
  }
}
