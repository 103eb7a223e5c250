package dev.weir.http.h1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.h1.BodyDecoder.Event;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the three decoders have in common, and the two simple ones; chunks have their own test. */
class BodyDecoderTest {
  private static final HttpLimits LIMITS = HttpLimits.DEFAULTS.withBodyBytes(10);

  private static BodyDecoder server(BodyFraming framing, long length) {
    return BodyDecoder.of(Role.SERVER, framing, length, LIMITS);
  }

  private static String take(BodyDecoder body, ByteBuffer in, int count) {
    var taken = Wire.text(in.slice(in.position(), count));
    in.position(in.position() + count);
    body.consumed(count);
    return taken;
  }

  @ParameterizedTest
  @EnumSource(
      value = BodyFraming.class,
      names = {"NONE", "SWITCHED"})
  void isOverAtOnceWhereThereIsNoBody(BodyFraming framing) {
    var in = Wire.heap("GET /");
    var body = server(framing, 0);
    assertThat(body.decode(in)).isEqualTo(Event.END);
    assertThat(Wire.text(in)).isEqualTo("GET /");
    assertThat(body.trailers().isEmpty()).isTrue();
    body.endOfInput();
  }

  @Test
  void stopsAtTheLengthThatWasAnnounced() {
    var body = server(BodyFraming.LENGTH, 5);
    var in = Wire.direct("hello, world");
    assertThat(body.decode(in)).isEqualTo(Event.DATA);
    assertThat(body.available()).isEqualTo(5);
    assertThat(take(body, in, 5)).isEqualTo("hello");
    assertThat(body.decode(in)).isEqualTo(Event.END);
    assertThat(Wire.text(in)).isEqualTo(", world");
    assertThat(body.trailers().isEmpty()).isTrue();
    body.endOfInput();
  }

  /** A slow consumer takes some, or none, and is shown the rest again. */
  @ParameterizedTest
  @CsvSource({
    "LENGTH, 6, 'abcdef'",
    "CHUNKED, -1, '6\r\nabcdef\r\n0\r\n\r\n'",
    "UNTIL_CLOSE, -1, 'abcdef'",
  })
  void showsAgainWhatWasNotTaken(BodyFraming framing, long length, String wire) {
    var body = server(framing, length);
    var in = Wire.heap(wire);
    assertThat(body.decode(in)).isEqualTo(Event.DATA);
    assertThat(body.decode(in)).isEqualTo(Event.DATA);
    assertThat(body.available()).isEqualTo(6);
    body.consumed(0);
    assertThat(body.decode(in)).isEqualTo(Event.DATA);
    assertThat(take(body, in, 2)).isEqualTo("ab");
    assertThat(body.available()).isEqualTo(4);
    assertThat(body.decode(in)).isEqualTo(Event.DATA);
    assertThat(take(body, in, 4)).isEqualTo("cdef");
    if (framing == BodyFraming.UNTIL_CLOSE) {
      assertThat(body.decode(in)).isEqualTo(Event.NEED_MORE);
      body.endOfInput();
    }
    assertThat(body.decode(in)).isEqualTo(Event.END);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"LENGTH, 5", "CHUNKED, -1", "UNTIL_CLOSE, -1"})
  void needsMoreOfNothing(BodyFraming framing, long length) {
    assertThat(server(framing, length).decode(ByteBuffer.allocate(0))).isEqualTo(Event.NEED_MORE);
  }

  @Test
  void refusesTheEndBeforeTheLengthThatWasAnnounced() {
    var body = server(BodyFraming.LENGTH, 5);
    var in = Wire.heap("hell");
    body.decode(in);
    take(body, in, 4);
    assertThat(body.decode(in)).isEqualTo(Event.NEED_MORE);
    assertThatThrownBy(body::endOfInput)
        .isInstanceOf(HttpError.class)
        .hasMessageContaining("1 bytes before that of the body")
        .hasMessageContaining("RFC 9112 8");
  }

  @ParameterizedTest
  @CsvSource({"SERVER, 413", "CLIENT, 502"})
  void refusesALengthPastTheLimitBeforeAnyByteOfIt(Role role, int status) {
    assertThatThrownBy(() -> BodyDecoder.of(role, BodyFraming.LENGTH, 11, LIMITS))
        .isInstanceOfSatisfying(
            HttpError.class, e -> assertThat(e.status().code()).isEqualTo(status));
    assertThat(BodyDecoder.of(role, BodyFraming.LENGTH, 10, LIMITS)).isNotNull();
  }

  @Test
  void refusesAnEndlessBodyPastTheLimit() {
    var body = server(BodyFraming.UNTIL_CLOSE, -1);
    var in = Wire.heap("0123456789x");
    in.limit(in.limit() - 1);
    assertThat(body.decode(in)).isEqualTo(Event.DATA);
    take(body, in, 10);
    in.limit(in.limit() + 1);
    assertThatThrownBy(() -> body.decode(in)).isInstanceOf(HttpError.class);
  }

  /** Lengths beyond what an int holds are counted as they are. */
  @Test
  void countsBodiesOfMoreThanTwoGigabytes() {
    var limits = HttpLimits.DEFAULTS.withBodyBytes(Long.MAX_VALUE);
    long length = (1L << 32) + 1;
    var body = BodyDecoder.of(Role.CLIENT, BodyFraming.LENGTH, length, limits);
    var chunked = BodyDecoder.of(Role.CLIENT, BodyFraming.CHUNKED, -1, limits);
    chunked.decode(Wire.heap("100000001\r\n"));
    var in = ByteBuffer.allocateDirect(1 << 24);
    for (long left = length; left > 0; ) {
      in.clear();
      assertThat(body.decode(in)).isEqualTo(Event.DATA);
      assertThat(chunked.decode(in)).isEqualTo(Event.DATA);
      assertThat(body.available())
          .isEqualTo(chunked.available())
          .isEqualTo((int) Math.min(left, in.capacity()));
      left -= body.available();
      int count = body.available();
      body.consumed(count);
      chunked.consumed(count);
    }
    assertThat(body.decode(in.clear())).isEqualTo(Event.END);
    assertThat(chunked.decode(Wire.heap("\r\n0\r\n\r\n"))).isEqualTo(Event.END);
  }
}
