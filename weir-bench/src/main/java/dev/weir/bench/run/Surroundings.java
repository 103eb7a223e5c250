package dev.weir.bench.run;

/**
 * What every measurement needs.
 *
 * @param installation what is built
 * @param site what is served
 * @param cores which core is whose
 * @param rounds how often each peer is measured
 * @param seconds how long a round is
 * @param warmUpSeconds how long a server is under load before it is measured
 */
public record Surroundings(
    Installation installation,
    Site site,
    Cores cores,
    int rounds,
    double seconds,
    double warmUpSeconds) {}
