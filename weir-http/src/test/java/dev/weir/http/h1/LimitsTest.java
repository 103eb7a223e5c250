package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.http.HttpLimits;
import dev.weir.http.Method;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit: what just fits passes, one more is refused, split anywhere, with its status. */
class LimitsTest {
  private static final HttpLimits SMALL = new HttpLimits(40, 30, 3, 70, 20, 2, 40, 10);

  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static Arguments limit(String name, int fits, int status, IntFunction<String> message) {
    return Arguments.of(name, status, message.apply(fits), message.apply(fits + 1));
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        limit(
            "requestLineBytes",
            40 - "GET / HTTP/1.1\r\n".length(),
            414,
            n -> "GET /" + "x".repeat(n) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
        limit(
            "requestLineBytes",
            40 - " / HTTP/1.1\r\n".length(),
            414,
            n -> "M".repeat(n) + " / HTTP/1.1\r\nHost: h\r\n\r\n"),
        limit(
            "fieldLineBytes",
            30 - "X: \r\n".length(),
            431,
            n -> "GET / HTTP/1.1\r\nHost: h\r\nX: " + "y".repeat(n) + "\r\n\r\n"),
        limit(
            "fieldLineBytes",
            30 - ":y\r\n".length(),
            431,
            n -> "GET / HTTP/1.1\r\nHost: h\r\n" + "X".repeat(n) + ":y\r\n\r\n"),
        limit(
            "headerCount",
            2,
            431,
            n -> "GET / HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(n) + "\r\n"),
        limit(
            "headerSectionBytes",
            70 - 2 - 9 - 30 - "X:\r\n".length(),
            431,
            n ->
                "GET / HTTP/1.1\r\nHost: h\r\nX: "
                    + "y".repeat(25)
                    + "\r\nX:"
                    + "y".repeat(n)
                    + "\r\n\r\n"),
        limit(
            "chunkExtensionBytes",
            19,
            400,
            n -> CHUNKED + "1;" + "x".repeat(n) + "\r\nx\r\n0\r\n\r\n"),
        limit(
            "chunkExtensionBytes",
            21,
            400,
            n -> CHUNKED + "2\r\nab\r\n1;" + "x".repeat(n) + "\r\nx\r\n0\r\n\r\n"),
        limit("trailerCount", 2, 431, n -> CHUNKED + "0\r\n" + "X: y\r\n".repeat(n) + "\r\n"),
        limit(
            "trailerSectionBytes",
            40 - 2 - 30 - "X: \r\n".length(),
            431,
            n -> CHUNKED + "0\r\nX: " + "y".repeat(25) + "\r\nX: " + "y".repeat(n) + "\r\n\r\n"),
        limit(
            "fieldLineBytes",
            30 - "X: \r\n".length(),
            431,
            n -> CHUNKED + "0\r\nX: " + "y".repeat(n) + "\r\n\r\n"),
        limit(
            "bodyBytes",
            10,
            413,
            n -> "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + n + "\r\n\r\n" + "x".repeat(n)),
        limit(
            "bodyBytes",
            5,
            413,
            n ->
                CHUNKED
                    + "5\r\nhello\r\n"
                    + Integer.toHexString(n)
                    + "\r\n"
                    + "x".repeat(n)
                    + "\r\n0\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void holds(String name, int status, String fits, String tooMuch) {
    assertThat(whole(fits)).noneMatch(event -> event.startsWith("error"));
    assertThat(whole(tooMuch))
        .last()
        .asString()
        .startsWith("error " + status)
        .contains("HttpLimits." + name);
    for (var text : List.of(fits, tooMuch)) {
      var bytes = Wire.bytes(text);
      assertThat(RequestReader.events(bytes, SMALL, presented -> 1)).isEqualTo(whole(text));
      for (int split = 1; split < bytes.length; split++) {
        int first = split;
        assertThat(
                RequestReader.events(
                    bytes, SMALL, presented -> presented == 0 ? first : bytes.length))
            .isEqualTo(whole(text));
      }
    }
  }

  private static List<String> whole(String text) {
    return RequestReader.events(Wire.bytes(text), SMALL, presented -> text.length());
  }

  /** What is sent without end is refused when it passes the limit, not when it ends. */
  @ParameterizedTest
  @CsvSource({
    "'GET /', x, 414",
    "'', M, 501",
    "'', \u00e9, 400",
    "'GET / HTTP/1.1\r\nX: ', y, 431",
    "'GET / HTTP/1.1\r\n', 'X: y\r\n', 431",
    "'', '\r\n', 400",
  })
  void holdsForWhatNeverEnds(String start, String endless, int status) {
    var text = start + endless.repeat(200);
    assertThat(whole(text)).singleElement().asString().startsWith("error " + status);
    assertThat(RequestReader.events(Wire.bytes(text), SMALL, presented -> 1))
        .isEqualTo(whole(text));
  }

  /** RFC 9112 7.1.1: many small chunks may not carry more extension than data in the long run. */
  @Test
  void holdsForExtensionsOfManyChunks() {
    var text = CHUNKED + "1;abcd\r\nx\r\n".repeat(9);
    assertThat(whole(text)).last().asString().startsWith("error 400").contains("extensions");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\nX: y\r\nX: y\r\nX: y\r\nX: y\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\n\r\nhello, world'",
  })
  void holdForResponsesToo(String text) {
    assertThat(
            ResponseReader.events(Wire.bytes(text), SMALL, Method.GET, presented -> text.length()))
        .last()
        .asString()
        .startsWith("error 502")
        .contains("HttpLimits.");
  }

  @Test
  void haveTheDefaultsThatAreDocumented() {
    assertThat(HttpLimits.DEFAULTS)
        .isEqualTo(
            HttpLimits.DEFAULTS
                .withRequestLineBytes(8192)
                .withFieldLineBytes(8192)
                .withHeaderCount(100)
                .withHeaderSectionBytes(32768)
                .withChunkExtensionBytes(1024)
                .withTrailerCount(32)
                .withTrailerSectionBytes(8192)
                .withBodyBytes(67108864));
  }

  @Test
  void areChangedOneByOne() {
    assertThat(
            SMALL
                .withRequestLineBytes(21)
                .withFieldLineBytes(22)
                .withHeaderCount(23)
                .withHeaderSectionBytes(24)
                .withChunkExtensionBytes(25)
                .withTrailerCount(26)
                .withTrailerSectionBytes(27)
                .withBodyBytes(28))
        .isEqualTo(new HttpLimits(21, 22, 23, 24, 25, 26, 27, 28));
  }

  @Test
  void mayBeAsLargeAsTheyGet() {
    int most = 1 << 28;
    var large = new HttpLimits(most, most, most, most, most, most, most, Long.MAX_VALUE);
    var text = CHUNKED + "5;x\r\nhello\r\n0\r\nA: b\r\n\r\n";
    assertThat(RequestReader.events(Wire.bytes(text), large, presented -> 7))
        .isEqualTo(RequestReader.events(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> large.withFieldLineBytes(Integer.MAX_VALUE));
  }

  @Test
  void mustLeaveRoomForAMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.withRequestLineBytes(15))
        .withMessage("requestLineBytes is 15; it must be from 16 to 268435456");
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withFieldLineBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withHeaderCount(0));
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withHeaderSectionBytes(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withChunkExtensionBytes(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withTrailerCount(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withTrailerSectionBytes(1));
    assertThatIllegalArgumentException().isThrownBy(() -> SMALL.withBodyBytes(-1));
  }
}
