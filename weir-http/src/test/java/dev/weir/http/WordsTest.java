package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, statuses, versions, errors. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "GET, true, true", "HEAD, true, true", "OPTIONS, true, true", "TRACE, true, true",
    "PUT, false, true", "DELETE, false, true", "POST, false, false", "PATCH, false, false",
    "CONNECT, false, false", "BREW, false, false",
  })
  void methodsAreSafeAndIdempotentAsRegistered(String name, boolean safe, boolean idempotent) {
    var method = Method.of(name);
    assertThat(method.safe()).isEqualTo(safe);
    assertThat(method.idempotent()).isEqualTo(idempotent);
    assertThat(method).hasToString(name).isEqualTo(Method.of(name));
    assertThat(method).hasSameHashCodeAs(Method.of(name));
  }

  @Test
  void methodsCompareWithCase() {
    assertThat(Method.of("GET")).isSameAs(Method.GET);
    assertThat(Method.of("get")).isNotEqualTo(Method.GET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G T", "GET\r\n", "G:T", "\u00e9"})
  void methodsAreTokens(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Method.of(name))
        .withMessageContaining("RFC 9110 9.1");
  }

  @ParameterizedTest
  @CsvSource({
    "100, informational",
    "199, informational",
    "200, successful",
    "299, successful",
    "301, redirection",
    "404, clientError",
    "500, serverError",
    "599, serverError",
    "600, none",
  })
  void statusesAreOfOneClass(int code, String expected) {
    var status = Status.of(code);
    var found = status.informational() ? "informational" : "";
    found += status.successful() ? "successful" : "";
    found += status.redirection() ? "redirection" : "";
    found += status.clientError() ? "clientError" : "";
    found += status.serverError() ? "serverError" : "";
    assertThat(found.isEmpty() ? "none" : found).isEqualTo(expected);
    assertThat(status).isEqualTo(Status.of(code)).hasSameHashCodeAs(Status.of(code));
  }

  @Test
  void statusesHaveTheirReasons() {
    assertThat(Status.of(404)).isSameAs(Status.NOT_FOUND).hasToString("404 Not Found");
    assertThat(Status.of(299)).hasToString("299");
    assertThat(Status.of(299).reason()).isEmpty();
    assertThat(Status.of(299)).isNotEqualTo(Status.OK);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 1000})
  void statusesHaveThreeDigits(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Status.of(code))
        .withMessageContaining("RFC 9110 15");
  }

  @Test
  void versionsAreWrittenAsInTheirRfcs() {
    assertThat(HttpVersion.values())
        .extracting(HttpVersion::toString)
        .containsExactly("HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3");
  }

  @Test
  void errorsSayWhatToDo() {
    var error =
        new HttpError(Status.BAD_REQUEST, "RFC 9112 3.2", "no Host", "one Host", "send Host");
    assertThat(error)
        .hasMessage(
            "400 Bad Request: received no Host; expected one Host (RFC 9112 3.2); send Host");
    assertThat(error.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(error.section()).isEqualTo("RFC 9112 3.2");
    assertThat(error.received()).isEqualTo("no Host");
    assertThat(error.expected()).isEqualTo("one Host");
    assertThat(error.remedy()).isEqualTo("send Host");
    assertThat(error.getStackTrace()).isEmpty();
  }
}
