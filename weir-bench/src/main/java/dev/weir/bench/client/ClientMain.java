package dev.weir.bench.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Locale;

/**
 * Runs one client for a while and prints what it did as one line of JSON: the {@code count} of
 * responses, and the {@code seconds}, {@code cpuSeconds} and {@code allocatedBytes} that they took
 * the whole process. What came before, to warm up, is in none of them.
 */
public final class ClientMain {

  /** What slf4j says if no library takes its messages. */
  private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

  private static final double NANOS = 1e9;

  private ClientMain() {}

  /** The arguments are name, URL, requests at once, seconds of warm-up, seconds. */
  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      System.err.println(
          "usage: ClientMain NAME URL CONCURRENCY WARMUP SECONDS, of " + BenchClient.NAMES);
      System.exit(2);
    }
    System.setProperty(SLF4J_VERBOSITY, "ERROR");
    try (BenchClient client = BenchClient.named(args[0])) {
      var tally = new Tally();
      client.start(URI.create(args[1]), Integer.parseInt(args[2]), tally);
      tally.await(nanos(args[3]));
      System.out.println(measure(tally, nanos(args[4])));
    } catch (IOException e) {
      System.err.println(args[0] + ": " + e.getMessage() + ": " + e.getCause());
      System.exit(1);
    }
    // Not by ending the client, which may wait for what is under way.
    System.exit(0);
  }

  private static long nanos(String seconds) {
    return (long) (Double.parseDouble(seconds) * NANOS);
  }

  static String measure(Tally tally, long nanos) throws IOException, InterruptedException {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long count = tally.count();
    long cpu = process.getProcessCpuTime();
    long allocated = threads.getTotalThreadAllocatedBytes();
    long begin = System.nanoTime();
    tally.await(nanos);
    double seconds = (System.nanoTime() - begin) / NANOS;
    return String.format(
        Locale.ROOT,
        "{\"count\":%d,\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"allocatedBytes\":%d}",
        tally.count() - count,
        seconds,
        (process.getProcessCpuTime() - cpu) / NANOS,
        threads.getTotalThreadAllocatedBytes() - allocated);
  }
}
