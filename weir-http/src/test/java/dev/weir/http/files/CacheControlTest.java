package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheControlTest {
  @Test
  void writesDirectives() {
    assertEquals("no-cache", CacheControl.noCache().value());
    assertEquals("no-store", CacheControl.noStore().value());
    assertEquals("max-age=0", CacheControl.maxAge(Duration.ZERO).value());
    assertEquals("max-age=90", CacheControl.maxAge(Duration.ofMillis(90_999)).value());
    assertEquals(
        "max-age=31536000, immutable",
        CacheControl.maxAge(Duration.ofDays(365)).immutable().value());
    assertEquals(
        "no-cache, private, no-transform",
        CacheControl.noCache().privately().noTransform().toString());
  }

  @Test
  void refusesNegativeAges() {
    assertThrows(IllegalArgumentException.class, () -> CacheControl.maxAge(Duration.ofSeconds(-1)));
  }
}
