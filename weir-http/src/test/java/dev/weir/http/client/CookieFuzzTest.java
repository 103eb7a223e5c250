package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.TargetUri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Whatever a server sets, nothing of it reaches a host or a line that it must not reach. */
class CookieFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final TargetUri SETTER = TargetUri.parse("https://www.example.com/a/b");
  private static final TargetUri STRANGER = TargetUri.parse("https://www.example.org/a/b");

  @FuzzTest
  void keepsToItsHost(byte[] data) {
    String field = new String(data, StandardCharsets.ISO_8859_1);
    CookieDate.parse(field);
    var jar = new CookieJar();
    jar.store(SETTER, List.of(field), NOW);
    assertTrue(jar.size() <= 1);
    String cookies = jar.cookies(SETTER, NOW);
    if (cookies != null) {
      assertTrue(cookies.length() <= SetCookie.MAX_BYTES + 1);
      assertEquals(-1, cookies.indexOf(';'));
      assertTrue(cookies.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F)));
    }
    assertEquals(null, jar.cookies(STRANGER, NOW));
  }
}
