/**
 * What an application that speaks a protocol of its own needs beside {@link
 * dev.weir.stream.ByteStream} and {@link dev.weir.stream.Datagrams}, which are the raw role
 * themselves.
 *
 * <p>{@link dev.weir.raw.Raw} connects and gives a future; {@link dev.weir.raw.SendQueue} takes
 * bytes from any thread and has a limit; {@link dev.weir.raw.Lines} cuts a stream into lines;
 * {@link dev.weir.raw.Relay} joins two streams, as a proxy does.
 */
@NullMarked
package dev.weir.raw;

import org.jspecify.annotations.NullMarked;
