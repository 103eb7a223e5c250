/** The event loop, its timers and its SPI. */
@NullMarked
package dev.weir.loop;

import org.jspecify.annotations.NullMarked;
