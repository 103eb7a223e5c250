package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example,      true,  a.example,      true",
    "https://a.example,      true,  a.example:443,  true",
    "https://a.example:443,  true,  A.example,      true",
    "https://a.example:8443, true,  a.example:8443, true",
    "https://a.example:8443, true,  a.example,      false",
    "https://a.example,      true,  a.example:8443, false",
    "http://a.example,       true,  a.example,      false",
    "http://a.example,       false, a.example,      true",
    "http://a.example,       false, a.example:80,   true",
    "https://a.example,      false, a.example,      true",
    "https://a.example,      false, a.example:80,   false",
    "https://[::1]:8443,     true,  [::1]:8443,     true",
    "https://[::1],          true,  [::1]:443,      true",
    "https://[::1],          true,  [::1],          true",
    "https://[::2],          true,  [::1],          false",
    "https://a.example.evil, true,  a.example,      false",
    "https://evil-a.example, true,  a.example,      false",
    "https://,               true,  a.example,      false",
    "a.example,              true,  a.example,      false",
    "null,                   true,  a.example,      false",
    "ftp://a.example,        false, a.example,      false",
    ",                       true,  a.example,      true",
  })
  void sameOrigin(String origin, boolean secure, String authority, boolean expected) {
    assertEquals(expected, OriginPolicy.sameOrigin().accepts(origin, secure, authority));
  }

  @Test
  void listed() {
    var policy = OriginPolicy.listed(Set.of("https://a.example", "http://b.example:8080"));
    assertTrue(policy.accepts("https://a.example", true, "x"));
    assertTrue(policy.accepts("HTTPS://A.example", true, "x"));
    assertTrue(policy.accepts("http://b.example:8080", true, "x"));
    assertTrue(policy.accepts(null, true, "x"));
    assertFalse(policy.accepts("http://a.example", true, "a.example"));
    assertFalse(policy.accepts("null", true, "x"));
  }

  @Test
  void any() {
    assertTrue(OriginPolicy.any().accepts("null", true, "x"));
    assertTrue(OriginPolicy.any().accepts(null, false, "x"));
  }
}
