package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9525 6: which host a name in a certificate stands for. */
final class CertificateNamesTest {
  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, true",
    "example.org, EXAMPLE.Org, true",
    "example.org, example.org., true",
    "example.org, www.example.org, false",
    "example.org, example.com, false",
    "*.example.org, www.example.org, true",
    "*.example.org, WWW.Example.Org., true",
    "*.example.org, example.org, false",
    "*.example.org, a.b.example.org, false",
    "*.example.org, .example.org, false",
    "*.example.org, wwwexample.org, false",
    "*.example.org, www.example.orgx, false",
    "*.example.org, www.example.or, false",
    "*.org, example.org, false",
    "*, localhost, false",
    "w*.example.org, www.example.org, false",
    "*w.example.org, www.example.org, false",
    "www.*.org, www.example.org, false",
    "*.*.org, www.example.org, false",
    "xn--bcher-kva.example, bücher.example, true",
    "xn--bcher-kva.example, xn--bcher-kva.example, true",
    "192.0.2.1, 192.0.2.1, false",
    "'', '', true",
  })
  void names(String pattern, String host, boolean expected) {
    var names = new CertificateNames(List.of(pattern.toLowerCase(Locale.ROOT)), List.of());
    assertEquals(expected, names.match(host));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::1, 2001:DB8:0::1, true",
    "2001:db8::1, [2001:db8::1], true",
    "2001:db8::1, 2001:db8::2, false",
    "192.0.2.1, example.org, false",
  })
  void addresses(String address, String host, boolean expected) {
    var names = new CertificateNames(List.of(), List.of(InetAddress.ofLiteral(address)));
    assertEquals(expected, names.match(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "a.example",
        "a.b1",
        "1a.example.",
        "",
        "[x]",
        "1:2:z",
        "[",
        "256.0.0.1"
      })
  void namesAreNoAddresses(String host) {
    assertNull(CertificateNames.address(host));
  }

  @Test
  void addressesOfCertificatesReadBack() {
    var identity = TestCa.root("root").issue("2001:db8::1", "192.0.2.1", "Bücher.example");
    assertEquals(
        "xn--bcher-kva.example, 2001:db8:0:0:0:0:0:1, 192.0.2.1",
        CertificateNames.of(identity.leaf()).toString());
    assertEquals("no name", CertificateNames.of(TestCa.root("root").certificate()).toString());
  }
}
