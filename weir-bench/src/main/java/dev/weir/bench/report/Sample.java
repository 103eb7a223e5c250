package dev.weir.bench.report;

/**
 * One value that was measured.
 *
 * @param workload the workload's name
 * @param peer the peer's label
 * @param metric what is measured
 * @param round in which round of the workload, from 0; peers are compared within a round
 * @param value in the metric's unit
 */
public record Sample(String workload, String peer, Metric metric, int round, double value) {}
