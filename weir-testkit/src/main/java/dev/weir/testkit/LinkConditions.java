package dev.weir.testkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What the way between two hosts does to what is sent over it. Streams suffer delay, stalls and
 * resets; datagrams delay, loss, duplication and reordering. Chances are from 0 to 1.
 *
 * @param latency how long everything takes, one way
 * @param jitter at most this is added, evenly spread; streams stay in order
 * @param bandwidth bytes a second in each direction, or 0 for no limit
 * @param loss chance that a datagram is lost
 * @param duplication chance that a datagram comes twice
 * @param reordering chance that a datagram is held back so that others overtake it
 * @param stalls chance that a stream's segment, and all behind it, is held up
 * @param longestStall the most that such a segment is held up
 * @param resets chance that a segment is answered by a reset of the connection on both sides
 */
public record LinkConditions(
    Duration latency,
    Duration jitter,
    long bandwidth,
    double loss,
    double duplication,
    double reordering,
    double stalls,
    Duration longestStall,
    double resets) {

  /** Nothing goes wrong and nothing takes any time. */
  public static final LinkConditions PERFECT =
      new LinkConditions(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, Duration.ZERO, 0);

  /** A good network: ten milliseconds each way, give or take two. */
  public static final LinkConditions DEFAULT =
      PERFECT.withLatency(Duration.ofMillis(10), Duration.ofMillis(2));

  /** A draw of everything at once, each bad thing there in about half of the draws. */
  public static LinkConditions hostile(RandomGenerator random) {
    return new LinkConditions(
        micros(random, 50_000),
        micros(random, 20_000),
        random.nextBoolean() ? 0 : random.nextLong(20_000, 5_000_000),
        chance(random, 0.3),
        chance(random, 0.2),
        chance(random, 0.3),
        chance(random, 0.1),
        micros(random, 3_000_000),
        chance(random, 0.02));
  }

  /** These, with another latency and jitter. */
  public LinkConditions withLatency(Duration oneWay, Duration atMostMore) {
    return new LinkConditions(
        oneWay, atMostMore, bandwidth, loss, duplication, reordering, stalls, longestStall, resets);
  }

  /** These, with another bandwidth in bytes a second. */
  public LinkConditions withBandwidth(long bytesPerSecond) {
    return new LinkConditions(
        latency,
        jitter,
        bytesPerSecond,
        loss,
        duplication,
        reordering,
        stalls,
        longestStall,
        resets);
  }

  /** These, with other chances for datagrams. */
  public LinkConditions withDatagrams(double lost, double doubled, double reordered) {
    return new LinkConditions(
        latency, jitter, bandwidth, lost, doubled, reordered, stalls, longestStall, resets);
  }

  /** These, with other stalls of streams. */
  public LinkConditions withStalls(double chance, Duration longest) {
    return new LinkConditions(
        latency, jitter, bandwidth, loss, duplication, reordering, chance, longest, resets);
  }

  /** These, with another chance of resets. */
  public LinkConditions withResets(double chance) {
    return new LinkConditions(
        latency, jitter, bandwidth, loss, duplication, reordering, stalls, longestStall, chance);
  }

  static Duration micros(RandomGenerator random, int most) {
    return Duration.ofNanos(1000L * random.nextInt(most + 1));
  }

  static double chance(RandomGenerator random, double most) {
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }
}
