package dev.weir.bench.micro;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The timers of a loop, as its connections use them: one each, moved as bytes flow. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimersBenchmark {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final VirtualClock clock = new VirtualClock();
  private final Loop loop = new Loop(clock, Runnable::run);

  /** How many connections there are. */
  @Param({"100", "10000"})
  private int connections;

  private Timer[] timers = {};
  private int next;
  private int fired;

  /** For JMH. */
  public TimersBenchmark() {}

  /** A timer of a minute for each connection, set a little apart. */
  @Setup
  public void setTimers() {
    timers = new Timer[connections];
    for (int i = 0; i < connections; i++) {
      timers[i] = loop.timer(() -> fired++);
      timers[i].after(MINUTE + i * MILLISECOND);
    }
  }

  /** Bytes came: the connection's timeout begins anew. */
  @Benchmark
  public boolean moveLater() {
    Timer timer = nextTimer();
    timer.after(MINUTE);
    return timer.isSet();
  }

  /** A request's timeout, set when it begins and cancelled when it ends. */
  @Benchmark
  public boolean cancelAndSet() {
    Timer timer = nextTimer();
    timer.cancel();
    timer.after(MINUTE);
    return timer.isSet();
  }

  /** A turn two milliseconds later, in which one connection's timer fires; it is set again. */
  @Benchmark
  public int fire() {
    Timer timer = nextTimer();
    timer.at(loop.now() + MILLISECOND);
    clock.advance(2 * MILLISECOND);
    loop.turn(0);
    timer.after(MINUTE);
    return fired;
  }

  private Timer nextTimer() {
    next = next + 1 == timers.length ? 0 : next + 1;
    return timers[next];
  }
}
