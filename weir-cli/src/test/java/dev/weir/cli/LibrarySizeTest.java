package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibrarySizeTest {
  private static final Pattern LIBRARY =
      Pattern.compile("weir(-core|-http|-websocket)?-[0-9].*jar");

  @Test
  void jarsTogetherAreUnderOneMegabyte() throws IOException {
    List<Path> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(path -> LIBRARY.matcher(path.getFileName().toString()).matches())
            .toList();
    assumeTrue(jars.size() == 4, "`mvn test` makes no jars; `mvn verify` does");
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    assertTrue(bytes < 1_000_000, jars + " hold " + bytes + " bytes");
  }
}
