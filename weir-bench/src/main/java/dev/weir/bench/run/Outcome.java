package dev.weir.bench.run;

import java.util.List;

/**
 * What a load says of its run.
 *
 * @param count requests, messages, connections: what was done, and done right
 * @param seconds how long it took
 * @param errors what was not
 * @param p50us median latency in microseconds, 0 where it isn't taken
 * @param p99us of the hundredth slowest
 * @param samples the counts of each interval, if the load was asked for them
 */
record Outcome(
    long count, double seconds, long errors, double p50us, double p99us, List<Long> samples) {}
