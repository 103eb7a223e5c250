package dev.weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.bench.report.Metric;
import dev.weir.bench.report.ResultFile;
import dev.weir.testpeers.NeedsProgram;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, whole, but short: its figures mean nothing. */
class BenchTest {
  private static final String[] SHORT = {
    "--root", "..", "--rounds", "1", "--seconds", "0.2", "--warm-up", "0.2", "--out"
  };

  @TempDir private Path out;

  private ResultFile run(String... workloadsAndPeers) throws Exception {
    var command = new CommandLine(new Bench());
    var arguments = new ArrayList<>(List.of(SHORT));
    arguments.add(out.toString());
    arguments.addAll(List.of(workloadsAndPeers));
    assertEquals(0, command.execute(arguments.toArray(String[]::new)));
    ResultFile result = ResultFile.read(out.resolve("results.json"));
    assertEquals(List.of(), result.failures());
    return result;
  }

  private static boolean has(ResultFile result, String workload, String peer, Metric metric) {
    return result.samples().stream()
        .anyMatch(s ->
            s.workload().equals(workload)
                && s.peer().equals(peer)
                && s.metric() == metric
                && s.value() > 0);
  }

  @Test
  @NeedsProgram({"gcc", "make", "openssl"})
  void measuresWeirBesideTheFloor() throws Exception {
    ResultFile result = run("h1", "ws-64-16", "--peers", "floor");
    for (String workload : List.of("h1", "ws-64-16")) {
      for (String peer : List.of("weir", "floor")) {
        assertTrue(has(result, workload, peer, Metric.PER_SECOND), workload + " of " + peer);
      }
    }
    assertTrue(has(result, "h1", "weir", Metric.RESIDENT));
  }

  @Test
  @NeedsProgram({"gcc", "make", "h2load", "nghttpd", "openssl"})
  void measuresHttp2BesideNghttpd() throws Exception {
    ResultFile result = run("h2-tls", "--peers", "nghttpd");
    assertTrue(has(result, "h2-tls", "weir", Metric.PER_SECOND));
    assertTrue(has(result, "h2-tls", "nghttpd", Metric.PER_SECOND));
  }

  @Test
  @NeedsProgram({"gcc", "make", "openssl"})
  void keepsOtherWorkloadsAndDrawsAgain() throws Exception {
    run("jars", "--peers", "jetty");
    ResultFile both = run("first-reply", "--peers", "floor", "--keep");
    assertTrue(has(both, "jars", "jetty", Metric.JARS));
    assertTrue(has(both, "first-reply", "weir", Metric.FIRST_REPLY));
    Files.deleteIfExists(out.resolve("results.svg"));
    var command = new CommandLine(new Bench());
    assertEquals(0, command.execute("--root", "..", "--draw", "--out", out.toString()));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    var command = new CommandLine(new Bench());
    command.setErr(new PrintWriter(Writer.nullWriter()));
    assertEquals(2, command.execute("--peers", "nobody"));
    assertEquals(2, command.execute("nothing"));
  }
}
