package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What other encoders have written is read to the same lines, and what was read is written and read
 * again.
 *
 * <p>The stories in the resources are Weir's own lines, encoded by python-hpack. Many more are
 * http2jp's hpack-test-case: {@code -Dweir.corpora} names the directory that has it as {@code
 * hpack}, with a directory for each encoder.
 */
class StoriesTest {
  static Stream<Path> stories() throws IOException, URISyntaxException {
    var corpora = System.getProperty("weir.corpora");
    var own = Objects.requireNonNull(StoriesTest.class.getResource("stories"));
    var root = corpora == null ? Path.of(own.toURI()) : Path.of(corpora, "hpack");
    try (var files = Files.walk(root)) {
      var stories = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertThat(stories).hasSizeGreaterThan(3);
      return stories.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("stories")
  void areRead(Path file) {
    var decoder = Line.decoder();
    for (var each : Story.read(file)) {
      if (each.tableSize() >= 0) {
        decoder.maxTableSize(each.tableSize());
      }
      if (!each.wire().isEmpty()) {
        assertThat(plain(Line.decode(decoder, each.wire()))).isEqualTo(each.lines());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stories")
  void areWrittenAndReadAgain(Path file) {
    var encoder = new HpackEncoder();
    var decoder = Line.decoder();
    for (var each : Story.read(file)) {
      var block = Line.encode(encoder, each.lines());
      assertThat(plain(Line.decode(decoder, block))).isEqualTo(each.lines());
    }
  }

  /** The stories do not say what is never indexed. */
  private static List<Line> plain(List<Line> lines) {
    return lines.stream().map(line -> Line.of(line.name(), line.value())).toList();
  }
}
