package dev.weir.http.routing;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any path has an answer, and what a wildcard took has no dot segment, however it was encoded. */
class RouterFuzzTest {
  private static final Router<String> ROUTER = RouterTest.router();

  @FuzzTest
  void answersAnyPath(byte[] data) {
    String path = new String(data, StandardCharsets.ISO_8859_1);
    var match = ROUTER.match(Method.GET, "/files/" + path);
    if (match instanceof RouteMatch.Found<String> found) {
      for (String segment : found.rest().split("/", -1)) {
        String dots = segment.replace("%2e", ".").replace("%2E", ".");
        assertFalse(List.of(".", "..").contains(dots), path);
      }
    }
    assertFalse(RouterTest.describe(ROUTER.match(Method.GET, path)).isEmpty());
  }
}
