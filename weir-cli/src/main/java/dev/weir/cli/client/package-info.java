/**
 * {@code weir get}, {@code ws}, {@code tcp}, {@code udp}: a client for every role.
 *
 * <p>One class for each command, with what they share beside it: {@code TlsOptions} is whom to
 * believe, {@code PhaseLog} what {@code --verbose} says, {@code PipedStream} a stream between
 * standard input and output.
 */
@NullMarked
package dev.weir.cli.client;

import org.jspecify.annotations.NullMarked;
