/**
 * What an event library must offer to carry Weir's loops.
 *
 * <p>A {@link dev.weir.loop.spi.LoopProvider} makes a {@link dev.weir.loop.spi.Poller} for each
 * loop: watch, unwatch, change interest, wait, wake, and the clock. It brings the {@link
 * dev.weir.loop.spi.Sockets} that it can watch, so nothing above knows what a socket is. {@code
 * dev.weir.loop.nio} is the default, {@code dev.weir.testkit} has a simulated one with its own
 * network and clock.
 */
@NullMarked
package dev.weir.loop.spi;

import org.jspecify.annotations.NullMarked;
