package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FieldListsTest {
  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of(" , ,\t", List.of()),
        Arguments.of("a", List.of("a")),
        Arguments.of("a,b", List.of("a", "b")),
        Arguments.of(", a ,,\tb c ,", List.of("a", "b c")),
        Arguments.of("\"a,b\", c", List.of("\"a,b\"", "c")),
        Arguments.of("a=\"\\\",\", c", List.of("a=\"\\\",\"", "c")),
        Arguments.of("\"open, c", List.of("\"open, c")),
        Arguments.of("\"open\\", List.of("\"open\\")),
        Arguments.of("W/\"x\", \"y\"", List.of("W/\"x\"", "\"y\"")));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void separatesElementsAtCommasOutsideQuotes(String list, List<String> elements) {
    assertThat(FieldLists.elements(list)).isEqualTo(elements);
  }

  @Test
  void takesAllLinesOfANameAsOneList() {
    var headers = Headers.of("Connection", "a, B", "X", "y", "Connection", "c");
    assertThat(FieldLists.elements(headers, HeaderName.CONNECTION)).containsExactly("a", "B", "c");
    assertThat(FieldLists.contains(headers, HeaderName.CONNECTION, "b")).isTrue();
    assertThat(FieldLists.contains(headers, HeaderName.CONNECTION, "y")).isFalse();
    assertThat(FieldLists.contains(headers, HeaderName.TE, "b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html                          | text/html | {}",
        "text/html;charset=utf-8            | text/html | {charset=utf-8}",
        "text/html ; Charset = \"utf-8\"    | text/html | {charset=utf-8}",
        "form-data; name=\"a;b\\\"\"; f=x   | form-data | {name=a;b\", f=x}",
        "a;b=1;B=2                          | a         | {b=1}",
        "a;flag;;c=                         | a         | {flag=, c=}",
        ";a=b                               | ''        | {a=b}",
        "''                                 | ''        | {}",
        "permessage-deflate; client_max_window_bits; x=10 | permessage-deflate |"
            + " {client_max_window_bits=, x=10}",
      })
  void takesParametersOff(String element, String value, String parameters) {
    var parameterized = FieldLists.parameterized(element);
    assertThat(parameterized.value()).isEqualTo(value);
    assertThat(parameterized.parameters()).hasToString(parameters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip                            | gzip=1000",
        "gzip;q=0.5, br                  | br=1000 gzip=500",
        "a;q=0.001, b;q=0, c;Q=1.000     | c=1000 a=1 b=0",
        "a;q=0.2, b;q=0.2, c;q=0.3       | c=300 a=200 b=200",
        "text/html;level=1;q=0.7, */*    | */*=1000 text/html;level=1=700",
        "a ; q=0.5                       | a=500",
        "a;q=, b;q=2, c;q=1.5, d;q=0.1234, e;q=x, f;q=-1, g;q=.5, h;q=0.x | a=0 b=0 c=0 d=0 e=0 f=0"
            + " g=0 h=0",
        "a;q=1.                          | a=1000",
        "a;x=\";q=0\"                    | a;x=\";q=0\"=1000",
      })
  void weighsPreferences(String list, String expected) {
    var weighted = new StringBuilder();
    for (var element : FieldLists.weighted(list)) {
      weighted.append(' ').append(element.value()).append('=').append(element.weight());
    }
    assertThat(weighted.toString().strip()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "'\"a\"', a",
    "'\"\"', ''",
    "'\"a\\\"b\\\\\"', 'a\"b\\'",
    "'\"', '\"'",
    "'\"a', '\"a'",
  })
  void unquotes(String text, String expected) {
    assertThat(FieldLists.unquote(text)).isEqualTo(expected);
  }
}
