/**
 * {@code ./bench}: Weir beside its peers.
 *
 * <p>{@link dev.weir.bench.Bench} is the command. {@code run} starts servers and loads, and reads
 * what the kernel and the JVMs say of them; {@code report} keeps what was measured and shows it;
 * {@code server} and {@code client} are the peers that run in a JVM, each as its users would write
 * it; {@code micro} has JMH's benchmarks of the inner parts. The load and the floor are C programs,
 * in {@code src/main/c}.
 */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
