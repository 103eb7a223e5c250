package dev.weir.cli.serve;

import dev.weir.loop.Loop;
import dev.weir.net.Context;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestReporter;

/**
 * What an attack costs the server: from its making on, the time of its loops' processors, what was
 * read, and how long it took; and the heap, where the test asks for it.
 */
final class AttackCost {

  private final Context server;
  private final Map<String, String> figures = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private final long cpu;
  private final long in;
  private final long heap;

  private AttackCost(Context server, long heap) {
    this.server = server;
    this.heap = heap;
    this.cpu = cpuNanos(server);
    this.in = server.traffic().in();
  }

  /** Begins to count. */
  static AttackCost of(Context server) {
    return new AttackCost(server, 0);
  }

  /** Begins to count, from a heap without garbage. */
  static AttackCost withHeap(Context server) {
    return new AttackCost(server, usedHeap());
  }

  /** Takes the heap that each connection holds now. */
  long heapHeldBy(int connections) {
    long each = (usedHeap() - heap) / connections;
    figures.put("heap held by each connection", each + " bytes");
    return each;
  }

  /** Takes the heap that is still held although the attackers are gone. */
  long heapLeft() {
    long left = usedHeap() - heap;
    figures.put("heap still held when they were gone", left + " bytes");
    return left;
  }

  /** Adds a figure of the test's own. */
  AttackCost with(String what, String figure) {
    figures.put(what, figure);
    return this;
  }

  /** The attack is over: tells what it was and what it cost. */
  void publish(TestReporter reporter, String attack) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long micros = (cpuNanos(server) - cpu) / 1_000;
    figures.put("time until it was over", took.toMillis() + " ms");
    figures.put("processor time of the server's loops", micros / 1_000.0 + " ms");
    figures.put("bytes that the server read", Long.toString(server.traffic().in() - in));
    reporter.publishEntry(figures);
    System.out.println(attack + ": " + figures);
  }

  private static long cpuNanos(Context context) {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (Loop loop : context.loops()) {
      CompletableFuture<Long> time = new CompletableFuture<>();
      loop.execute(() -> time.complete(threads.getCurrentThreadCpuTime()));
      sum += time.orTimeout(20, TimeUnit.SECONDS).join();
    }
    return sum;
  }

  /**
   * What is live, as the collector itself has counted it. What the runtime tells between two
   * collections has in it the room that each thread has taken to allocate in, which is much.
   */
  static long usedHeap() {
    for (int n = 0; n < 4; n++) {
      System.gc();
    }
    long live = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage afterCollection = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && afterCollection != null) {
        live += afterCollection.getUsed();
      }
    }
    return live;
  }
}
