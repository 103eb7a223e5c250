/**
 * The simulated loop and network, for Weir's own tests and for its users'.
 *
 * <p>Start with {@link dev.weir.testkit.SimNetwork}: hosts, sockets, names, workers and any number
 * of loops on one virtual clock, driven by the test's thread, every chance drawn from a seed. What
 * the ways and the systems do to those who use them is said by {@link
 * dev.weir.testkit.LinkConditions} and {@link dev.weir.testkit.HostConditions}. {@link
 * dev.weir.testkit.Seeds} tries a {@link dev.weir.testkit.Scenario} on thousands of seeds and names
 * the one that fails.
 *
 * <p>{@link dev.weir.testkit.TestPeer} says and expects bytes one by one. {@link
 * dev.weir.testkit.StreamPair} is two streams in memory, for a role by itself.
 */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;
