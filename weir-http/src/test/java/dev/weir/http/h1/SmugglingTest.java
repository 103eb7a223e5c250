package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HttpLimits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that two recipients could cut in different places (RFC 9112 11.2): what is known of from
 * CL.TE, TE.CL, TE.TE, CL.0 and chunk attacks. None may yield the request that hides in it.
 */
class SmugglingTest {
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";

  private static Arguments refused(String what, String head, String rest) {
    return Arguments.of(what, "POST / HTTP/1.1\r\nHost: h\r\n" + head + "\r\n\r\n" + rest);
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        refused("CL.TE", "Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + HIDDEN),
        refused("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 3", "1\r\nx\r\n" + HIDDEN),
        refused("CL.0", "Content-Length: 0\r\nContent-Length: 5", HIDDEN),
        refused("CL list", "Content-Length: 0, 5", HIDDEN),
        refused("CL hidden by NUL", "Content-Length: 0\0" + "5", HIDDEN),
        refused("CL with space in the name", "Content-Length : 5", HIDDEN),
        refused("CL behind a fold", "X: y\r\n Content-Length: 5", HIDDEN),
        refused("CL behind a bare CR", "X: y\rContent-Length: 5", HIDDEN),
        refused("CL behind a bare LF", "X: y\nContent-Length: 5", HIDDEN),
        refused("CL in another script", "Content-Length: \u0665", HIDDEN),
        refused("CL with underscore digits", "Content-Length: 1_0", HIDDEN),
        refused("TE with space before the colon", "Transfer-Encoding : chunked", HIDDEN),
        refused("TE with tab before the colon", "Transfer-Encoding\t: chunked", HIDDEN),
        refused("TE with vertical tab", "Transfer-Encoding: \u000bchunked", HIDDEN),
        refused("TE with form feed", "Transfer-Encoding: chunked\u000c", HIDDEN),
        refused("TE with NUL", "Transfer-Encoding: chunked\0", HIDDEN),
        refused("TE with no-break space", "Transfer-Encoding:\u00a0chunked", HIDDEN),
        refused("TE folded", "Transfer-Encoding:\r\n chunked", HIDDEN),
        refused("TE after a leading space", "X: y\r\n Transfer-Encoding: chunked", HIDDEN),
        refused("TE in quotes", "Transfer-Encoding: 'chunked'", HIDDEN),
        refused("TE with a prefix", "Transfer-Encoding: x-chunked", HIDDEN),
        refused("TE identity", "Transfer-Encoding: identity", HIDDEN),
        refused("TE identity, chunked", "Transfer-Encoding: identity, chunked", HIDDEN),
        refused("TE chunked, identity", "Transfer-Encoding: chunked, identity", HIDDEN),
        refused("TE.TE", "Transfer-Encoding: chunked\r\nTransfer-encoding: cow", HIDDEN),
        refused("TE.TE reversed", "Transfer-Encoding: cow\r\nTransfer-encoding: chunked", HIDDEN),
        refused(
            "TE empty beside chunked", "Transfer-Encoding:\r\nTransfer-Encoding: chunked", HIDDEN),
        refused("TE with semicolon", "Transfer-Encoding: chunked;", HIDDEN),
        refused("TE behind a bare CR", "X: y\rTransfer-Encoding: chunked", HIDDEN),
        refused("TE name in quotes", "\"Transfer-Encoding\": chunked", HIDDEN),
        refused("chunk size 0x0", "Transfer-Encoding: chunked", "0x0\r\n\r\n" + HIDDEN),
        refused("chunk size +0", "Transfer-Encoding: chunked", "+0\r\n\r\n" + HIDDEN),
        refused("chunk size 0 and space", "Transfer-Encoding: chunked", "0 \r\n\r\n" + HIDDEN),
        refused(
            "chunk size 2^64", "Transfer-Encoding: chunked", "10000000000000000\r\n\r\n" + HIDDEN),
        refused("chunk without CR LF", "Transfer-Encoding: chunked", "1\r\nx0\r\n\r\n" + HIDDEN),
        refused("chunk with other end", "Transfer-Encoding: chunked", "1\r\nxXX0\r\n\r\n" + HIDDEN),
        refused("chunk ended by LF", "Transfer-Encoding: chunked", "0\n\n" + HIDDEN),
        refused("LF in an extension", "Transfer-Encoding: chunked", "2;\nxx\r\n0\r\n\r\n" + HIDDEN),
        refused("CR in an extension", "Transfer-Encoding: chunked", "2;\rxx\r\n0\r\n\r\n" + HIDDEN),
        refused(
            "CR LF in a quoted extension",
            "Transfer-Encoding: chunked",
            "2;a=\"\r\n0\r\n\r\n" + HIDDEN),
        refused("trailer ended by LF", "Transfer-Encoding: chunked", "0\r\nX: y\n\r\n" + HIDDEN));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void endsInAnErrorNotInASecondRequest(String what, String text) {
    var events = RequestReader.events(text);
    assertThat(events).last().asString().startsWith("error ");
    assertThat(events).noneMatch(event -> event.startsWith("GET /hidden"));
    assertThat(RequestReader.events(Wire.bytes(text), HttpLimits.DEFAULTS, presented -> 1))
        .isEqualTo(events);
  }

  /** What is no attack is cut where it must be. */
  @ParameterizedTest
  @MethodSource("sound")
  void whatIsSoundIsCutInOnePlace(String text, List<String> bodies) {
    var events = RequestReader.events(text);
    assertThat(events).noneMatch(event -> event.startsWith("error"));
    assertThat(events.stream().filter(event -> event.startsWith("data ")).toList())
        .isEqualTo(bodies);
    assertThat(RequestReader.events(Wire.bytes(text), HttpLimits.DEFAULTS, presented -> 1))
        .isEqualTo(events);
  }

  static Stream<Arguments> sound() {
    var post = "POST / HTTP/1.1\r\nHost: h\r\n";
    return Stream.of(
        Arguments.of(post + "\r\n" + HIDDEN, List.of("data ", "data ")),
        Arguments.of(
            post + "Content-Length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN,
            List.of("data " + HIDDEN)),
        Arguments.of(
            post
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(HIDDEN.length())
                + ";x=\"0\"\r\n"
                + HIDDEN
                + "\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n"
                + HIDDEN,
            List.of("data " + HIDDEN, "data ")),
        Arguments.of(
            post + "Content-Length: 5, 5\r\nContent-Length: 5\r\n\r\nhello" + HIDDEN,
            List.of("data hello", "data ")),
        Arguments.of(
            post + "Transfer-Encoding-X: chunked\r\nContent-Length: 1\r\n\r\nx" + HIDDEN,
            List.of("data x", "data ")));
  }
}
