package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's hpack reads what we write, and we read what it writes. */
@NeedsProgram("python:hpack")
class PythonHpackTest {
  private static final int LISTS = 300;

  /** Each line of input a block; of output the lines that are in it. */
  private static final String DECODE =
      """
      import sys, hpack

      decoder = hpack.Decoder(max_header_list_size=1 << 30)
      for block in sys.stdin:
          print(*["%s=%s=%d" % (line[0].hex(), line[1].hex(), not line.indexable)
                  for line in decoder.decode(bytes.fromhex(block), raw=True)])
      """;

  /** Each line of input the table's size, or the lines of a block; of output the blocks. */
  private static final String ENCODE =
      """
      import sys, hpack

      encoder = hpack.Encoder()
      for number, block in enumerate(sys.stdin):
          if block.startswith("size "):
              encoder.header_table_size = int(block[5:])
              continue
          lines = [line.split("=") for line in block.split()]
          print(encoder.encode(
              [(bytes.fromhex(name), bytes.fromhex(value), secret == "1")
               for name, value, secret in lines], huffman=number % 3 != 0).hex())
      """;

  @TempDir private Path directory;

  private List<String> python(String script, List<String> input)
      throws IOException, InterruptedException {
    var in = Files.write(directory.resolve("in"), input);
    var out = directory.resolve("out");
    var process =
        new ProcessBuilder(Programs.get("python3").toString(), "-c", script)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    int exit = process.waitFor();
    var output = Files.readAllLines(out);
    assertThat(exit).as(() -> String.join("\n", output)).isZero();
    return output;
  }

  private static String text(List<Line> lines) {
    return lines.stream()
        .map(line ->
            hex(line.name()) + "=" + hex(line.value()) + "=" + (line.neverIndexed() ? 1 : 0))
        .collect(Collectors.joining(" "));
  }

  private static String hex(String octets) {
    return HexFormat.of().formatHex(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The sizes that the table has after so many blocks, of which some are given up at once. */
  private static IntStream sizes(int list) {
    return switch (list % 30) {
      case 10 -> IntStream.of(100);
      case 20 -> IntStream.of(50, 0, 4096);
      case 25 -> IntStream.of(1000, 3000);
      default -> IntStream.empty();
    };
  }

  private static List<List<Line>> lists(long seed) {
    var random = new RandomLines(seed);
    return Stream.generate(random::list).limit(LISTS).toList();
  }

  @Test
  void readsWhatWeWrite() throws Exception {
    var lists = lists(7);
    var encoder = new HpackEncoder();
    var blocks = new ArrayList<String>();
    for (int i = 0; i < LISTS; i++) {
      sizes(i).forEach(encoder::maxTableSize);
      blocks.add(Line.hex(Line.encode(encoder, lists.get(i))));
    }
    assertThat(python(DECODE, blocks))
        .isEqualTo(lists.stream().map(PythonHpackTest::text).toList());
  }

  @Test
  void writesWhatWeRead() throws Exception {
    var lists = lists(8);
    var input = new ArrayList<String>();
    for (int i = 0; i < LISTS; i++) {
      sizes(i).forEach(size -> input.add("size " + size));
      input.add(text(lists.get(i)));
    }
    var blocks = python(ENCODE, input);
    assertThat(blocks).hasSize(LISTS);
    var decoder = Line.decoder();
    for (int i = 0; i < LISTS; i++) {
      sizes(i).forEach(decoder::maxTableSize);
      assertThat(text(Line.decode(decoder, blocks.get(i)))).isEqualTo(text(lists.get(i)));
    }
  }
}
