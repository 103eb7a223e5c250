/**
 * What is run: {@link dev.weir.bench.run.Workloads} lists what peers are made to do, {@link
 * dev.weir.bench.run.Peer} who they are.
 *
 * <p>Start reading at {@link dev.weir.bench.run.Throughput}: most workloads are that.
 */
@NullMarked
package dev.weir.bench.run;

import org.jspecify.annotations.NullMarked;
