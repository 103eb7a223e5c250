/**
 * Which protocol a client speaks, told from its first bytes.
 *
 * <p>A {@link dev.weir.sniff.Sniffer} looks at what has come, takes nothing, and answers yes, no or
 * that it needs more; {@link dev.weir.sniff.Sniffers} has those of TLS, HTTP/1.x and HTTP/2. A
 * {@link dev.weir.sniff.SniffingAcceptor} asks them in order, hands the connection to the role of
 * the first that says yes with every byte still there, and has another role for bytes that nobody
 * knows and one for clients that wait for the server to speak. So one port serves TLS and plain
 * text, HTTP and a protocol of the application's own. Start with {@code SniffingAcceptor}.
 */
@NullMarked
package dev.weir.sniff;

import org.jspecify.annotations.NullMarked;
