package dev.weir.testkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a simulated host's system treats its programs.
 *
 * @param shortReads chance, from 0 to 1, that a read gives fewer bytes than there are, or none
 * @param shortWrites chance that a write takes fewer bytes than there is room for, or none
 * @param sendBuffer bytes of a stream socket that wait to be sent, unless its options say otherwise
 * @param receiveBuffer bytes of a socket that wait to be read, unless its options say otherwise
 * @param forgetsOnReset whether bytes that wait to be read are lost when a reset comes, or can
 *     still be read before it is told
 * @param descriptors how many sockets may be open on the host at once; 0 for no limit. Past it,
 *     opening and accepting fail as they do with EMFILE
 * @param longestTurn the most that a turn of a loop takes; each takes a random part of it
 * @param pauses chance that a turn takes much longer, as with a collection of garbage
 * @param longestPause the most that such a turn takes
 * @param longestWork the most that work takes that was given to the workers
 * @param cached how many bytes of each file, from its beginning, are in memory and read without
 *     waiting for the disk
 */
public record HostConditions(
    double shortReads,
    double shortWrites,
    int sendBuffer,
    int receiveBuffer,
    boolean forgetsOnReset,
    int descriptors,
    Duration longestTurn,
    double pauses,
    Duration longestPause,
    Duration longestWork,
    long cached) {

  /** Buffers of 64 KiB, whole reads and writes, turns of up to 20 us, work of up to 5 ms. */
  public static final HostConditions DEFAULT =
      new HostConditions(
          0,
          0,
          64 * 1024,
          64 * 1024,
          false,
          0,
          Duration.ofNanos(20_000),
          0,
          Duration.ZERO,
          Duration.ofMillis(5),
          0);

  /** A draw of everything at once, each bad thing there in about half of the draws. */
  public static HostConditions hostile(RandomGenerator random) {
    return new HostConditions(
        LinkConditions.chance(random, 0.8),
        LinkConditions.chance(random, 0.8),
        1 << random.nextInt(8, 18),
        1 << random.nextInt(8, 18),
        random.nextBoolean(),
        0,
        LinkConditions.micros(random, 1000),
        LinkConditions.chance(random, 0.05),
        LinkConditions.micros(random, 500_000),
        LinkConditions.micros(random, 50_000),
        1L << random.nextInt(20));
  }

  /** These, with other chances of short reads and writes. */
  public HostConditions withShortCalls(double reads, double writes) {
    return new HostConditions(
        reads,
        writes,
        sendBuffer,
        receiveBuffer,
        forgetsOnReset,
        descriptors,
        longestTurn,
        pauses,
        longestPause,
        longestWork,
        cached);
  }

  /** These, with other buffers, in bytes. */
  public HostConditions withBuffers(int send, int receive) {
    return new HostConditions(
        shortReads,
        shortWrites,
        send,
        receive,
        forgetsOnReset,
        descriptors,
        longestTurn,
        pauses,
        longestPause,
        longestWork,
        cached);
  }

  /** These, with at most {@code most} open sockets, or 0 for no limit. */
  public HostConditions withDescriptors(int most) {
    return new HostConditions(
        shortReads,
        shortWrites,
        sendBuffer,
        receiveBuffer,
        forgetsOnReset,
        most,
        longestTurn,
        pauses,
        longestPause,
        longestWork,
        cached);
  }

  /** These, with turns and work that take up to as long as this; zero for no time at all. */
  public HostConditions withDurations(Duration turn, Duration work) {
    return new HostConditions(
        shortReads,
        shortWrites,
        sendBuffer,
        receiveBuffer,
        forgetsOnReset,
        descriptors,
        turn,
        pauses,
        longestPause,
        work,
        cached);
  }

  /** These, with other pauses. */
  public HostConditions withPauses(double chance, Duration longest) {
    return new HostConditions(
        shortReads,
        shortWrites,
        sendBuffer,
        receiveBuffer,
        forgetsOnReset,
        descriptors,
        longestTurn,
        chance,
        longest,
        longestWork,
        cached);
  }

  /** These, with so many bytes of each file in memory. */
  public HostConditions withCached(long bytes) {
    return new HostConditions(
        shortReads,
        shortWrites,
        sendBuffer,
        receiveBuffer,
        forgetsOnReset,
        descriptors,
        longestTurn,
        pauses,
        longestPause,
        longestWork,
        bytes);
  }
}
