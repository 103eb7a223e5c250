package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.files.PathResolver.Resolution;
import java.nio.charset.StandardCharsets;

/** Whatever the path, the file stays below the root and has no name that the policy hides. */
class PathResolverFuzzTest {
  @FuzzTest
  void neverLeavesTheRoot(byte[] data) {
    String path = new String(data, StandardCharsets.ISO_8859_1);
    if (PathResolver.resolve(path, false) instanceof Resolution.Below(var relative, var ignored)) {
      assertEquals(-1, relative.indexOf('\0'));
      assertEquals(-1, relative.indexOf('\\'));
      assertFalse(relative.startsWith("/"));
      assertFalse(relative.endsWith("/"));
      assertFalse(relative.contains("/."));
      assertFalse(relative.contains("//"));
      assertTrue(
          !relative.startsWith(".")
              || relative.equals(".well-known")
              || relative.startsWith(".well-known/"));
    }
  }
}
