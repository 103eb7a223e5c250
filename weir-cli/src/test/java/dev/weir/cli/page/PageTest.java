package dev.weir.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's files: small, complete, and asking nobody else for anything. */
class PageTest {
  private static final long MAX_BYTES = 60_000;
  private static final Pattern REFERENCE =
      Pattern.compile("(?:href=|src=|from |url\\()[\"']([^\"']+)");
  private static final Pattern INLINE = Pattern.compile("<style| style=|<script>| on[a-z]+=\"");

  static List<Path> files() throws Exception {
    Path page = Path.of(PageTest.class.getResource("index.html").toURI()).getParent();
    try (Stream<Path> files = Files.list(page)) {
      return files.filter(file -> file.toString().matches(".*\\.(html|css|js|svg)")).toList();
    }
  }

  @Test
  void isSmall() throws Exception {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(MAX_BYTES);
  }

  @ParameterizedTest
  @MethodSource("files")
  void refersToItsOwnFilesAlone(Path file) throws IOException {
    assertThat(REFERENCE.matcher(Files.readString(file)).results().map(match -> match.group(1)))
        .allSatisfy(reference -> assertThat(file.resolveSibling(reference)).exists());
  }

  /** So that it can be served with {@code Content-Security-Policy: default-src 'self'}. */
  @ParameterizedTest
  @MethodSource("files")
  void hasNoInlineScriptOrStyle(Path file) throws IOException {
    assertThat(INLINE.matcher(Files.readString(file)).find()).isFalse();
  }
}
