package dev.weir.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "::1, ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "::, ::",
    "0:0:0:0:0:0:0:0, ::",
    "1::, 1::",
    "2001:DB8::1, 2001:db8::1",
    "2001:0db8:0000:0000:0000:0000:0002:0001, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "fe80::1:0:0, fe80::1:0:0",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "::ffff:c000:201, ::ffff:192.0.2.1",
  })
  void spellsIpv6InOneWay(String text, String canonical) {
    assertEquals(canonical, IpLiteral.canonicalIpv6(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "::1%eth0",
        "::1%25eth0",
        "[::1]",
        "1:2:3",
        "1:2:3:4:5:6:7:8:9",
        "::1::",
        "12345::",
        "g::",
        "192.0.2.1",
        "a.b",
        ":",
        ":::",
        "v1.fe80"
      })
  void readsNoOtherTextAsIpv6(String text) {
    assertNull(IpLiteral.canonicalIpv6(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "192.0.2.10"})
  void knowsIpv4(String text) {
    assertTrue(IpLiteral.isIpv4(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.0.0.1",
        "a.b.c.d",
        "1.2.3.",
        "::1",
        "1.2.3.4 "
      })
  void readsNoOtherTextAsIpv4(String text) {
    assertFalse(IpLiteral.isIpv4(text));
  }
}
