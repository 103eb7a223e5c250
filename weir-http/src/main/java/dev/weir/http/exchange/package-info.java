/**
 * What clients and servers have in common where an exchange meets the connection that carries it.
 *
 * <p>{@link dev.weir.http.exchange.MessageOutput} sends a message of HTTP/1.1 and keeps what finds
 * no room; {@link dev.weir.http.exchange.Deadline} is what a connection waits for, and until when;
 * {@link dev.weir.http.exchange.CollectedBytes} is a body that somebody wants as a whole. The two
 * seams that HTTP semantics have below them are {@code ServerExchange} in {@code
 * dev.weir.http.server} and {@code ClientExchange} in {@code dev.weir.http.client}: start there.
 * Not exported.
 */
@NullMarked
package dev.weir.http.exchange;

import org.jspecify.annotations.NullMarked;
