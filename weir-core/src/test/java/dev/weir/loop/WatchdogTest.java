package dev.weir.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.nio.NioProvider;
import java.io.IOException;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {

  private static final Duration THRESHOLD = Duration.ofMillis(20);

  private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
  private final Logger logger = Logger.getLogger("dev.weir.loop");
  private final Handler collector = new Collector(logged);
  private Loop loop;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    logger.addHandler(collector);
    loop = new Loop(new NioProvider().open(), Runnable::run);
    thread = Thread.ofPlatform().daemon().name("under-watch").start(loop::run);
  }

  @AfterEach
  void stop() throws InterruptedException {
    logger.removeHandler(collector);
    loop.stop();
    thread.join();
  }

  @Test
  void aBlockedLoopSaysByWhatOnceForEachTime() throws Exception {
    try (Watchdog _ = Watchdog.watch(List.of(loop), THRESHOLD, Duration.ZERO)) {
      for (int time = 0; time < 2; time++) {
        CountDownLatch release = new CountDownLatch(1);
        loop.execute(() -> theCulprit(release));
        String line = logged.poll(20, TimeUnit.SECONDS);
        assertTrue(line.startsWith("under-watch is blocked, for "), line);
        assertTrue(line.contains("theCulprit"), line);
        release.countDown();
        awaitTheEndOfTheTurn();
      }
      assertEquals(List.of(), List.copyOf(logged));
    }
  }

  @Test
  void theFlightRecorderGetsAnEventWhenItIsOver() throws Exception {
    CompletableFuture<RecordedEvent> recorded = new CompletableFuture<>();
    try (RecordingStream stream = new RecordingStream();
        Watchdog _ = Watchdog.watch(List.of(loop), THRESHOLD, Duration.ZERO)) {
      stream.enable("dev.weir.LoopBlocked");
      stream.setReuse(false);
      stream.onEvent("dev.weir.LoopBlocked", recorded::complete);
      stream.startAsync();
      CountDownLatch release = new CountDownLatch(1);
      loop.execute(() -> theCulprit(release));
      assertTrue(logged.poll(20, TimeUnit.SECONDS).contains("theCulprit"));
      release.countDown();
      RecordedEvent event = recorded.get(20, TimeUnit.SECONDS);
      assertEquals("under-watch", event.getString("loop"));
      assertTrue(event.getString("stack").contains("theCulprit"));
      assertTrue(event.getDuration("blocked").compareTo(THRESHOLD) >= 0);
    }
  }

  @Test
  void aLoopThatWaitsIsNotBlocked() throws Exception {
    CompletableFuture<Void> later = new CompletableFuture<>();
    try (Watchdog _ = Watchdog.watch(List.of(loop), THRESHOLD, Duration.ZERO)) {
      loop.schedule(THRESHOLD.multipliedBy(10), () -> later.complete(null));
      later.get(20, TimeUnit.SECONDS);
    }
    assertEquals(List.of(), List.copyOf(logged));
  }

  @Test
  void itEndsWithItsLoops() throws Exception {
    Set<Thread> before = watchdogThreads();
    Watchdog watchdog = Watchdog.watch(List.of(loop), THRESHOLD, Duration.ZERO);
    Set<Thread> after = watchdogThreads();
    after.removeAll(before);
    Thread looks = after.iterator().next();
    assertTrue(looks.isDaemon());
    loop.stop();
    looks.join();
    watchdog.close();
  }

  @Test
  void aThresholdIsSomeTime() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Watchdog.watch(List.of(loop), Duration.ZERO, Duration.ZERO));
    assertEquals(Duration.ofMillis(100), Watchdog.THRESHOLD);
  }

  /** What is given to a loop while its turn lasts is done in it, and so is of the same time. */
  private void awaitTheEndOfTheTurn() {
    while (loop.busySince() != 0) {
      Thread.onSpinWait();
    }
  }

  private static Set<Thread> watchdogThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(other -> other.getName().equals("weir-watchdog"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static void theCulprit(CountDownLatch release) {
    try {
      assertTrue(release.await(30, TimeUnit.SECONDS), "a test has ended before its time");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Collector extends Handler {
    private final BlockingQueue<String> lines;

    Collector(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord entry) {
      lines.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
