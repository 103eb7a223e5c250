/**
 * The loop on {@code java.nio}: the only place that knows selectable channels.
 *
 * <p>{@link dev.weir.loop.nio.NioPoller} waits by a selector, {@link dev.weir.loop.nio.NioSockets}
 * opens and adopts channels. Not exported; found as the loop named {@code nio}.
 */
@NullMarked
package dev.weir.loop.nio;

import org.jspecify.annotations.NullMarked;
