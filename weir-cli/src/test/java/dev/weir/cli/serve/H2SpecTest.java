package dev.weir.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testpeers.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The conformance cases of h2spec, strict ones too, against our server, plain and over TLS. */
@NeedsProgram({"platform:linux-amd64", "tar"})
class H2SpecTest {

  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final int CASES = 146;

  @TempDir private static Path directory;

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    Path archive = directory.resolve("h2spec.tar.gz");
    try (var in = Objects.requireNonNull(H2SpecTest.class.getResourceAsStream(ARCHIVE))) {
      Files.copy(in, archive);
    }
    Run.of(Duration.ofSeconds(30), "tar", "-xzf", archive.toString(), "-C", directory.toString())
        .ok();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyCasePasses(boolean tls) throws Exception {
    Path report = directory.resolve("report-" + tls + ".xml");
    try (TestServer server = new TestServer()) {
      Run run =
          Run.of(
              Duration.ofMinutes(2),
              directory.resolve("h2spec").toString(),
              "--strict",
              "--port=" + (tls ? server.tlsPort() : server.plainPort()),
              "--path=/hello",
              "--tls=" + tls,
              "--insecure=" + tls,
              "--junit-report=" + report);
      NodeList cases = cases(report);
      assertThat(cases.getLength()).as(run.output()).isEqualTo(CASES);
      for (int n = 0; n < cases.getLength(); n++) {
        Element tested = (Element) cases.item(n);
        assertThat(tested.getElementsByTagName("*").getLength())
            .as(() -> tested.getAttribute("package") + ": " + tested.getTextContent())
            .isZero();
      }
      run.ok();
    }
  }

  private static NodeList cases(Path report) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(report.toFile())
        .getElementsByTagName("testcase");
  }
}
