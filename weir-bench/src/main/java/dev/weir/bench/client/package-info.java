/**
 * Weir's HTTP client and its peers of the JVM, each in a closed loop against one server: every
 * response is followed by the next request. {@link dev.weir.bench.client.ClientMain} runs one of
 * them.
 */
@NullMarked
package dev.weir.bench.client;

import org.jspecify.annotations.NullMarked;
