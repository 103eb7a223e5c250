package dev.weir.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before trying again: the first waits from a table, its last entry from then on,
 * each made longer by a random share so that many clients do not come back together. Immutable, and
 * counts nothing: who tries knows how often it has failed. Any thread.
 */
public final class Backoff {

  /** The share by which a wait is made longer at most. */
  public static final double JITTER = 0.2;

  /** After this many failures in a row the user is told. */
  public static final int TRIES = 5;

  /** 1, 3, 9 and then 17 seconds, with {@link #JITTER} and {@link #TRIES}. */
  public static final Backoff DEFAULT =
      table(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(9),
          Duration.ofSeconds(17));

  private final List<Duration> waits;
  private final double jitter;
  private final int tries;

  private Backoff(List<Duration> waits, double jitter, int tries) {
    this.waits = waits;
    this.jitter = jitter;
    this.tries = tries;
  }

  /** Waits as listed; the last is repeated. */
  public static Backoff table(Duration... waits) {
    if (waits.length == 0) {
      throw new IllegalArgumentException("a table of waits has at least one");
    }
    return new Backoff(List.of(waits), JITTER, TRIES);
  }

  /**
   * Waits that double.
   *
   * @param first more than nothing
   * @param longest what they grow to
   */
  public static Backoff exponential(Duration first, Duration longest) {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("waits cannot double from " + first + " to " + longest);
    }
    List<Duration> waits = new ArrayList<>();
    Duration wait = first;
    while (wait.compareTo(longest) < 0) {
      waits.add(wait);
      wait = wait.multipliedBy(2);
    }
    waits.add(longest);
    return new Backoff(List.copyOf(waits), JITTER, TRIES);
  }

  /**
   * This, with another share of chance.
   *
   * @param share from 0 (none) to 1 (up to twice the wait)
   */
  public Backoff withJitter(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
    }
    return new Backoff(waits, share, tries);
  }

  /** This, giving up after so many failures; {@link Integer#MAX_VALUE} is never. */
  public Backoff withTries(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("one try is the least, not " + most);
    }
    return new Backoff(waits, jitter, most);
  }

  /**
   * How long to wait after a failure.
   *
   * @param failures how many there were in a row, from 1
   * @param retryAfter the least that the peer asked for (RFC 9110 10.2.3), or {@code null}
   * @param random where chance comes from
   * @return {@code null} if it is time to give up
   */
  public @Nullable Duration delay(
      int failures, @Nullable Duration retryAfter, RandomGenerator random) {
    if (failures >= tries) {
      return null;
    }
    Duration wait = waits.get(Math.min(Math.max(1, failures), waits.size()) - 1);
    if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
      wait = retryAfter;
    }
    // In milliseconds: the longest wait that a peer can ask for fits.
    return wait.plusMillis((long) (wait.toMillis() * jitter * random.nextDouble()));
  }
}
