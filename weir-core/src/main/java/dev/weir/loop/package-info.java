/**
 * The event loop: turns, tasks, timers and lent buffers.
 *
 * <p>Start with {@link dev.weir.loop.Loop}. A loop waits by a {@link dev.weir.loop.spi.Poller},
 * which hides the event library and its sockets; {@link dev.weir.loop.Timer} and its wheel give any
 * number of timeouts in O(1); {@link dev.weir.loop.Buffers} lends the scratch that bytes pass
 * through. Threads and loops are put together by {@code dev.weir.net.Context}.
 */
@NullMarked
package dev.weir.loop;

import org.jspecify.annotations.NullMarked;
