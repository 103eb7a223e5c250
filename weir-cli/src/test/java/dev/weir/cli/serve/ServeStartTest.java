package dev.weir.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.net.Context;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What a start of {@code ./weir serve} on a warm build costs. Memory is held to its goal; times
 * depend on what else the machine does, so they are only printed.
 */
@EnabledOnOs(OS.LINUX)
class ServeStartTest {

  private static final int STARTS = 7;
  private static final long MAX_RESIDENT_KIB = 60 * 1024;
  private static final Path LAUNCHER = Path.of("..", "weir").toAbsolutePath().normalize();

  /** One start: milliseconds from exec to the first reply, and CPU until then; resident KiB. */
  private record Start(
      double plainMillis,
      long plainCpuMillis,
      double tlsMillis,
      long tlsCpuMillis,
      long resident) {}

  @Test
  @NeedsProgram("mvn")
  void answersSoonAndStaysSmall() throws Exception {
    Process build = new ProcessBuilder(LAUNCHER.toString(), "--version").inheritIO().start();
    assertTrue(build.waitFor(15, TimeUnit.MINUTES), "the build takes too long");
    assertEquals(0, build.exitValue());
    HttpClientOptions options =
        HttpClientOptions.DEFAULTS.withTls(
            TlsProvider.named(TlsProvider.JSSE)
                .client(TlsClientConfig.of(Trust.insecure()).alpn("http/1.1").build()));
    List<Start> starts = new ArrayList<>();
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context, options)) {
      for (int n = 0; n < STARTS; n++) {
        starts.add(start(client));
      }
    }
    print("first reply over http, ms", starts.stream().map(Start::plainMillis).toList());
    print("  CPU of all threads, ms ", millis(starts.stream().map(Start::plainCpuMillis).toList()));
    print("first reply over https, ms", starts.stream().map(Start::tlsMillis).toList());
    print("  CPU of all threads, ms ", millis(starts.stream().map(Start::tlsCpuMillis).toList()));
    print("resident, MiB", starts.stream().map(start -> start.resident / 1024.0).toList());
  }

  private static Start start(HttpClient client) throws IOException, InterruptedException {
    long exec = System.nanoTime();
    Process server =
        new ProcessBuilder(LAUNCHER.toString(), "serve", "--port", "0", "--tls-port", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = server.inputReader()) {
      client.get(out.readLine()).send().join();
      double plain = (System.nanoTime() - exec) / 1e6;
      long plainCpu = cpuMillis(server);
      client.get(out.readLine()).send().join();
      double tls = (System.nanoTime() - exec) / 1e6;
      long tlsCpu = cpuMillis(server);
      return new Start(plain, plainCpu, tls, tlsCpu, resident(server));
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static long cpuMillis(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  /** What is resident once the compilers' memory is back with the system. */
  private static long resident(Process server) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    long now = kibibytes(server);
    while (now >= MAX_RESIDENT_KIB && System.nanoTime() < deadline) {
      assertTrue(!server.waitFor(200, TimeUnit.MILLISECONDS), "the server has ended");
      now = kibibytes(server);
    }
    assertTrue(now < MAX_RESIDENT_KIB, now + " KiB are resident");
    return now;
  }

  private static long kibibytes(Process server) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("the server has ended");
  }

  private static List<Double> millis(List<Long> millis) {
    return millis.stream().map(Long::doubleValue).toList();
  }

  private static void print(String what, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "weir serve, %s: best %.0f, median %.0f of %d starts%n",
        what,
        sorted.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.size());
  }
}
