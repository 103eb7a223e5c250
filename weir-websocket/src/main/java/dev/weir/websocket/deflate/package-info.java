/**
 * permessage-deflate (RFC 7692).
 *
 * <p>{@link dev.weir.websocket.deflate.DeflateNegotiation} agrees on {@link
 * dev.weir.websocket.deflate.DeflateParameters} in the handshake. {@link
 * dev.weir.websocket.deflate.PerMessageDeflate} then compresses and inflates the payload of one
 * connection with what a {@link dev.weir.websocket.deflate.CompressorPool} lends, one pool for each
 * loop. Nothing here knows of frames.
 */
@NullMarked
package dev.weir.websocket.deflate;

import org.jspecify.annotations.NullMarked;
