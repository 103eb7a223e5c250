package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.http.HeaderName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineNameTest {
  private static LineName read(String text) {
    var octets = (text + "rest").getBytes(StandardCharsets.ISO_8859_1);
    return LineName.constant(octets, text.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {":method", ":scheme", ":authority", ":path", ":status", ":protocol"})
  void hasPseudoHeadersOnce(String text) {
    var name = LineName.of(text);
    assertThat(name).isSameAs(LineName.of(text)).isSameAs(read(text)).hasToString(text);
    assertThat(name.isPseudo()).isTrue();
    assertThat(name.isMalformed()).isFalse();
    assertThat(name.header()).isNull();
  }

  @Test
  void hasWellKnownNamesOnce() {
    for (var header : HeaderName.WELL_KNOWN) {
      var name = LineName.of(header);
      assertThat(name.header()).isSameAs(header);
      assertThat(name.text()).isEqualTo(header.lowerCase());
      assertThat(LineName.of(header)).isSameAs(name);
      assertThat(LineName.of(header.lowerCase())).isSameAs(name);
      assertThat(read(header.lowerCase())).isSameAs(name);
      assertThat(name.isPseudo() || name.isMalformed()).isFalse();
    }
  }

  @Test
  void hasOtherNamesInLowerCase() {
    var name = LineName.of(HeaderName.of("X-Own"));
    assertThat(name).isEqualTo(LineName.of("x-own")).hasSameHashCodeAs(LineName.of("x-own"));
    assertThat(name).hasToString("x-own").isNotEqualTo(LineName.of("x-other"));
    assertThat(LineName.of("x-own").header()).isEqualTo(HeaderName.of("X-Own"));
    assertThat(read("x-own")).isNull();
  }

  /** RFC 9113 8.2.1 and 8.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Accept",
        "accepT",
        "x own",
        "x:own",
        ":",
        ":Method",
        ":methods",
        ":method ",
        ":method:",
        "::method",
        ":version",
        "caf\u00e9",
        "a\0",
        "a\r\n",
        "\"x\"",
        "a/b",
        "x\u007f",
        "content\rlength",
      })
  void isMalformedOtherwise(String text) {
    var name = LineName.of(text);
    assertThat(name.isMalformed()).isTrue();
    assertThat(name.isPseudo()).isFalse();
    assertThat(name.header()).isNull();
    assertThat(name.text()).isEqualTo(text);
    assertThat(name.toString()).startsWith("\"").endsWith("\"");
    assertThat(read(text)).isNull();
  }
}
