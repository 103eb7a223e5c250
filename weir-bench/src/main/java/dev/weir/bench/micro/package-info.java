/**
 * JMH benchmarks of Weir's inner parts, each to be read with its allocation rate:
 *
 * <pre>{@code
 * java -cp 'weir-bench/target/quick/lib/*' org.openjdk.jmh.Main Timers -prof gc
 * }</pre>
 *
 * <p>They go through public types only, as a protocol would. {@link
 * dev.weir.bench.micro.TimersBenchmark} is the shortest.
 */
@NullMarked
package dev.weir.bench.micro;

import org.jspecify.annotations.NullMarked;
