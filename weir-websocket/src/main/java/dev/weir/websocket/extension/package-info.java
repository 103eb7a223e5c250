/**
 * The syntax of extensions in the opening handshake (RFC 6455 9.1), whatever they mean: {@link
 * dev.weir.websocket.extension.Extension} and the parser that reads lists of them.
 */
@NullMarked
package dev.weir.websocket.extension;

import org.jspecify.annotations.NullMarked;
