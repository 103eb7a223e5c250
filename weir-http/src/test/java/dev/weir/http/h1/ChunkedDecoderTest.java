package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedDecoderTest {
  /** What comes of a body: its data, its trailers, what was left, or the error. */
  static List<String> events(byte[] bytes, HttpLimits limits, IntUnaryOperator nextSize) {
    var events = new ArrayList<String>();
    var data = new StringBuilder();
    var decoder = new ChunkedDecoder(Role.SERVER, limits);
    Wire.present(
        bytes,
        nextSize,
        in -> {
          try {
            while (true) {
              switch (decoder.decode(in)) {
                case NEED_MORE -> {
                  return true;
                }
                case DATA -> {
                  int taken = decoder.available();
                  data.append(Wire.text(in.slice(in.position(), taken)));
                  in.position(in.position() + taken);
                  decoder.consumed(taken);
                }
                case END -> {
                  events.add("data " + data);
                  decoder.trailers().forEach((name, value) -> events.add(name + ": " + value));
                  return false;
                }
              }
            }
          } catch (HttpError e) {
            events.add("data " + data);
            events.add("error " + e.getMessage());
            return false;
          }
        });
    return events;
  }

  static List<String> events(byte[] bytes, IntUnaryOperator nextSize) {
    return events(bytes, HttpLimits.DEFAULTS, nextSize);
  }

  private static List<String> whole(String text) {
    return events(Wire.bytes(text), presented -> text.length());
  }

  private static void assertSplitsDoNotMatter(String text) {
    var bytes = Wire.bytes(text);
    var expected = whole(text);
    assertThat(events(bytes, presented -> 1)).isEqualTo(expected);
    IntStream.range(1, bytes.length)
        .forEach(split ->
            assertThat(events(bytes, presented -> presented == 0 ? split : bytes.length))
                .isEqualTo(expected));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("0\r\n\r\n", "data "),
        Arguments.of("5\r\nhello\r\n0\r\n\r\n", "data hello"),
        Arguments.of("5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n", "data hello, world"),
        Arguments.of(
            "a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n", "data 01234567890123456789"),
        Arguments.of("0000000000000005\r\nhello\r\n0\r\n\r\n", "data hello"),
        Arguments.of("4\r\n\r\n\r\n\r\n0\r\n\r\n", "data \r\n\r\n"),
        Arguments.of("1;a\r\nx\r\n0\r\n\r\n", "data x"),
        Arguments.of("1;a=b;c=\"d;\\\"\r\n", ""),
        Arguments.of("1;a=b\r\nx\r\n0;last\r\n\r\n", "data x"),
        Arguments.of("1 ; a = b ;c=\"d\"\r\nx\r\n0\r\n\r\n", "data x"),
        Arguments.of("1;a=\"q;\\\"\t\u00e9\";b\r\nx\r\n0\r\n\r\n", "data x"),
        Arguments.of("1\t;\ta\r\nx\r\n0\r\n\r\n", "data x"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void findsTheData(String text, String expected) {
    if (expected.isEmpty()) {
      assertThat(whole(text)).last().asString().startsWith("error 400");
    } else {
      assertThat(whole(text)).containsExactly(expected);
    }
    assertSplitsDoNotMatter(text);
  }

  @Test
  void leavesWhatFollowsTheBody() {
    var in = Wire.heap("1\r\nx\r\n0\r\n\r\nGET /");
    var decoder = new ChunkedDecoder(Role.SERVER, HttpLimits.DEFAULTS);
    assertThat(decoder.decode(in)).isEqualTo(BodyDecoder.Event.DATA);
    assertThat(decoder.available()).isEqualTo(1);
    assertThat(in.get()).isEqualTo((byte) 'x');
    decoder.consumed(1);
    assertThat(decoder.decode(in)).isEqualTo(BodyDecoder.Event.END);
    assertThat(decoder.decode(in)).isEqualTo(BodyDecoder.Event.END);
    assertThat(Wire.text(in)).isEqualTo("GET /");
    decoder.endOfInput();
  }

  @Test
  void readsTrailersButDropsThoseThatComeTooLate() {
    var text =
        """
        1\r
        x\r
        0\r
        Checksum: abc\r
        Content-Length: 100\r
        Transfer-Encoding: chunked\r
        host: evil\r
        Set-Cookie: a=b\r
        checksum: def\r
        \r
        """;
    assertThat(whole(text)).containsExactly("data x", "Checksum: abc", "checksum: def");
    assertSplitsDoNotMatter(text);
  }

  /** Each is refused with 400, and so is every way to split it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no size           | '\r\nx\r\n'                | RFC 9112 7.1",
        "prefix            | '0x1\r\nx\r\n'             | RFC 9112 7.1",
        "plus              | '+1\r\nx\r\n'              | RFC 9112 7.1",
        "minus             | '-1\r\nx\r\n'              | RFC 9112 7.1",
        "space before      | ' 1\r\nx\r\n'              | RFC 9112 7.1",
        "space after       | '1 \r\nx\r\n'              | RFC 9112 7.1.1",
        "tab after         | '1\t\r\nx\r\n'             | RFC 9112 7.1.1",
        "space within      | '1 0\r\nx\r\n'             | RFC 9112 7.1.1",
        "underscore        | '1_0\r\nx\r\n'             | RFC 9112 7.1",
        "not hexadecimal   | 'g\r\nx\r\n'               | RFC 9112 7.1",
        "NUL               | '1\0\r\nx\r\n'             | RFC 9112 7.1",
        "fullwidth digit   | '\uff11\r\nx\r\n'          | RFC 9112 7.1",
        "17 digits         | '00000000000000001\r\nx'   | RFC 9112 7.1",
        "2^63              | '8000000000000000\r\nx'    | RFC 9112 7.1",
        "2^64 + 1          | '10000000000000001\r\nx'   | RFC 9112 7.1",
        "all ones          | 'ffffffffffffffff\r\nx'    | RFC 9112 7.1",
        "bare LF           | '1\nx\r\n'                 | RFC 9112 7.1",
        "bare CR           | '1\rx\r\n'                 | RFC 9112 7.1",
        "CR CR LF          | '1\r\r\nx\r\n'             | RFC 9112 7.1",
        "data too long     | '1\r\nxy\r\n'              | RFC 9112 7.1",
        "data ended by LF  | '1\r\nx\n0\r\n\r\n'        | RFC 9112 7.1",
        "data ended by CR  | '1\r\nx\r0\r\n\r\n'        | RFC 9112 7.1",
        "no end of data    | '1\r\nx0\r\n\r\n'          | RFC 9112 7.1",
        "empty extension   | '1;\r\nx\r\n'              | RFC 9112 7.1.1",
        "LF in extension   | '1;a\nx\r\n'               | RFC 9112 7.1.1",
        "LF LF extension   | '1;\n0\r\n\r\n'            | RFC 9112 7.1.1",
        "CR in extension   | '1;a\rb\r\nx\r\n'          | RFC 9112 7.1",
        "CR in quotes      | '1;a=\"\r\n\"\r\nx'        | RFC 9112 7.1.1",
        "escaped LF        | '1;a=\"\\\n\"\r\nx'        | RFC 9112 7.1.1",
        "NUL in extension  | '1;a\0b\r\nx\r\n'          | RFC 9112 7.1.1",
        "no value          | '1;a=\r\nx\r\n'            | RFC 9112 7.1.1",
        "open quote        | '1;a=\"b\r\nx\r\n'         | RFC 9112 7.1.1",
        "space at the end  | '1;a \r\nx\r\n'            | RFC 9112 7.1.1",
        "two values        | '1;a=b=c\r\nx\r\n'         | RFC 9112 7.1.1",
        "text after quotes | '1;a=\"b\"c\r\nx\r\n'      | RFC 9112 7.1.1",
        "two names         | '1;a b\r\nx\r\n'           | RFC 9112 7.1.1",
        "comma             | '1,a\r\nx\r\n'             | RFC 9112 7.1",
        "bare LF at end    | '0\r\n\n'                  | RFC 9112 2.2",
        "bare CR at end    | '0\r\n\rx\r\n\r\n'         | RFC 9110 5.1",
        "folded trailer    | '0\r\nA: b\r\n c\r\n\r\n'  | RFC 9112 5.2",
        "trailer no colon  | '0\r\nGET\r\n\r\n'         | RFC 9112 5",
        "trailer bare LF   | '0\r\nA: b\n\r\n'          | RFC 9112 2.2",
        "trailer space     | '0\r\nA : b\r\n\r\n'       | RFC 9112 5.1",
      })
  void refusesWhatIsMalformed(String what, String text, String section) {
    assertThat(whole(text)).last().asString().startsWith("error 400").contains("(" + section + ")");
    assertSplitsDoNotMatter(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5\r", "5\r\n", "5\r\nhell", "5\r\nhello", "0\r\n", "0\r\n\r"})
  void refusesTheEndOfTheConnectionBeforeThatOfTheBody(String text) {
    var in = Wire.heap(text);
    var decoder = new ChunkedDecoder(Role.CLIENT, HttpLimits.DEFAULTS);
    if (decoder.decode(in) == BodyDecoder.Event.DATA) {
      in.position(in.position() + decoder.available());
      decoder.consumed(decoder.available());
      decoder.decode(in);
    }
    assertThatThrownBy(decoder::endOfInput)
        .isInstanceOfSatisfying(HttpError.class, e -> assertThat(e.status().code()).isEqualTo(502))
        .hasMessageContaining("RFC 9112 8");
  }
}
