package dev.weir.http.uri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriReferenceTest {

  /** The expression of RFC 3986, appendix B; it matches any text. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

  /** All texts of up to eight of the characters that matter. */
  @Test
  void isCutAsAppendixBHasIt() {
    String alphabet = ":/?#a";
    for (int length = 0; length <= 8; length++) {
      for (int n = 0; n < Math.pow(alphabet.length(), length); n++) {
        var text = new StringBuilder();
        for (int i = 0, rest = n; i < length; i++, rest /= alphabet.length()) {
          text.append(alphabet.charAt(rest % alphabet.length()));
        }
        Matcher parts = PARTS.matcher(text);
        assertTrue(parts.matches());
        var expected =
            new UriReference(
                parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
        assertEquals(expected, UriReference.split(text.toString()), text::toString);
      }
    }
  }

  /** The examples of RFC 3986 5.4, but for the one that its 5.2.2 leaves to old parsers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          g:h           | g:h
          g             | http://a/b/c/g
          ./g           | http://a/b/c/g
          g/            | http://a/b/c/g/
          /g            | http://a/g
          //g           | http://g
          ?y            | http://a/b/c/d;p?y
          g?y           | http://a/b/c/g?y
          #s            | http://a/b/c/d;p?q#s
          g#s           | http://a/b/c/g#s
          g?y#s         | http://a/b/c/g?y#s
          ;x            | http://a/b/c/;x
          g;x           | http://a/b/c/g;x
          g;x?y#s       | http://a/b/c/g;x?y#s
          ''            | http://a/b/c/d;p?q
          .             | http://a/b/c/
          ./            | http://a/b/c/
          ..            | http://a/b/
          ../           | http://a/b/
          ../g          | http://a/b/g
          ../..         | http://a/
          ../../        | http://a/
          ../../g       | http://a/g
          ../../../g    | http://a/g
          ../../../../g | http://a/g
          /./g          | http://a/g
          /../g         | http://a/g
          g.            | http://a/b/c/g.
          .g            | http://a/b/c/.g
          g..           | http://a/b/c/g..
          ..g           | http://a/b/c/..g
          ./../g        | http://a/b/g
          ./g/.         | http://a/b/c/g/
          g/./h         | http://a/b/c/g/h
          g/../h        | http://a/b/c/h
          g;x=1/./y     | http://a/b/c/g;x=1/y
          g;x=1/../y    | http://a/b/c/y
          g?y/./x       | http://a/b/c/g?y/./x
          g?y/../x      | http://a/b/c/g?y/../x
          g#s/./x       | http://a/b/c/g#s/./x
          g#s/../x      | http://a/b/c/g#s/../x
          http:g        | http:g
          """)
  void resolves(String reference, String target) {
    var base = UriReference.split("http://a/b/c/d;p?q");
    assertEquals(target, base.resolve(UriReference.split(reference)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, g, http://a/g",
    "http://a?q, g, http://a/g",
    "http://a/, //b/../c, http://b/c",
    "http://a/b, http://c/d/../e, http://c/e",
    "http://a/b/c, '', http://a/b/c",
  })
  void resolvesAgainstOtherBases(String base, String reference, String target) {
    assertEquals(
        target, UriReference.split(base).resolve(UriReference.split(reference)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "/, /",
    "/a/b, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/.., /a/",
    "/a/b/., /a/b/",
    "/.., /",
    "/., /",
    "/../a, /a",
    "/a//../b, /a/b",
    "/a/b/c/./../../g, /a/g",
    "/.a/b.c, /.a/b.c",
    "/a/.../b, /a/.../b",
    "a/../b, /b",
    "./a, /a",
    "../a, /a",
  })
  void removesDotSegments(String path, String clean) {
    String result = UriReference.removeDotSegments(path);
    assertEquals(clean, path.startsWith("/") || path.isEmpty() ? result : withSlash(result));
  }

  /** A relative path may keep or lose its first slash; nobody resolves to one. */
  private static String withSlash(String path) {
    return path.startsWith("/") ? path : '/' + path;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a/b?c#d",
        "http://a",
        "//a/b",
        "/a?b",
        "a",
        "",
        "?a",
        "#a",
        "a:b",
        "http://[::1]:8/",
        "?",
        "#",
        "a?#",
        "http://",
        "mailto:x@y"
      })
  void writesWhatItRead(String text) {
    assertEquals(text, UriReference.split(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /a/b?c=d&e#f      | /a/b?c=d&e#f
          /a b              | /a%20b
          /caf\u00e9        | /caf%C3%A9
          /\ud83d\ude00     | /%F0%9F%98%80
          /a%20b            | /a%20b
          /100%             | /100%25
          /%zz              | /%25zz
          /%4               | /%254
          /<a>"b"{c}\\^`    | /%3Ca%3E%22b%22%7Bc%7D%5C%5E%60
          """)
  void encodesWhatAUriCannotHold(String text, String encoded) {
    assertEquals(encoded, UriReference.encode(text, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\r\nb", "/a\u0000", "/\t", "/\u007f"})
  void refusesControlCharacters(String text) {
    assertNull(UriReference.encode(text, StandardCharsets.UTF_8));
  }
}
