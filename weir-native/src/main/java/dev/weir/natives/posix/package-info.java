/**
 * The calls of POSIX and Linux that loops on descriptors need, through {@code java.lang.foreign}.
 *
 * <p>{@link dev.weir.natives.posix.Libc} makes the handles. A class holds the calls of one concern:
 * {@link dev.weir.natives.posix.Descriptors}, {@link dev.weir.natives.posix.SocketCalls}, {@link
 * dev.weir.natives.posix.SocketSettings}, {@link dev.weir.natives.posix.Transfers}. A call answers
 * as the system call itself does: what it returns, or the negated number of the error, which {@link
 * dev.weir.natives.posix.Errno} makes an exception of. No call is made by which the thread could
 * wait.
 */
@NullMarked
package dev.weir.natives.posix;

import org.jspecify.annotations.NullMarked;
