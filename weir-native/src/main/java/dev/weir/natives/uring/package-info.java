/**
 * Linux's io_uring, as far as Weir uses it: {@link dev.weir.natives.uring.SendRing} sends to many
 * sockets by one call. Not exported.
 */
@NullMarked
package dev.weir.natives.uring;

import org.jspecify.annotations.NullMarked;
