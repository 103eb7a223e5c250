package dev.weir.websocket.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      value = {
        "foo / [foo]",
        "foo, bar / [foo, bar]",
        "foo,bar;a;b=1 / [foo, bar; a; b=1]",
        "foo; a=\"x\" / [foo; a=x]",
        "foo; a=\"x\\y\" / [foo; a=xy]",
        "foo ; a = 1 ; a / [foo; a=1; a]",
        "\tfoo\t;\ta\t=\t\"1\"\t / [foo; a=1]",
        ", foo ,, bar, / [foo, bar]",
        "a!#$%&'*+-.^_`|~ / [a!#$%&'*+-.^_`|~]",
      })
  void reads(String value, String expected) {
    assertEquals(expected, ExtensionParser.parse(List.of(value)).toString());
  }

  @Test
  void joinsFields() {
    assertEquals("[a, b; c, d]", ExtensionParser.parse(List.of("a", "b; c, d")).toString());
    assertEquals("[]", ExtensionParser.parse(List.of()).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ";",
        "foo;",
        "foo;,bar",
        "foo;=1",
        "foo; a=",
        "foo; a=,bar",
        "foo; a=\"",
        "foo; a=\"x",
        "foo; a=\"\"",
        "foo; a=\"x y\"",
        "foo; a=\"x\\",
        "foo; a=\"x\\\"\"",
        "foo; a=\"x\"y",
        "foo bar",
        "foo; a b",
        "foo=1",
        "foo; a=1=2",
        "foo/bar",
        "foo; a=\u00e9",
        "foo\u0000",
        "\"foo\"",
      })
  void refusesWhatTheGrammarDoesNotKnow(String value) {
    assertThrows(IllegalArgumentException.class, () -> ExtensionParser.parse(List.of(value)));
  }
}
