/**
 * The HTTP/1.1 protocol core (RFC 9112): bytes in, messages out, and back; no I/O; not exported.
 *
 * <p>Heads: {@link dev.weir.http.h1.RequestParser} and {@link dev.weir.http.h1.ResponseParser} fill
 * a {@link dev.weir.http.h1.RequestHead} or {@link dev.weir.http.h1.ResponseHead}; they share
 * {@link dev.weir.http.h1.HeadReader}, which reads one that is whole in one pass by {@link
 * dev.weir.http.h1.FieldParser}, and {@link dev.weir.http.h1.HeadScanner}, which finds the end of
 * one, or its first fault, however its bytes arrive. Bodies: {@link dev.weir.http.h1.BodyFraming}
 * says where one ends, a {@link dev.weir.http.h1.BodyDecoder} finds it. Out: {@link
 * dev.weir.http.h1.RequestEncoder}, {@link dev.weir.http.h1.ResponseEncoder} and {@link
 * dev.weir.http.h1.ChunkedEncoder}. Start with RequestParser. Everything here belongs to one
 * thread, and nothing blocks.
 */
@NullMarked
package dev.weir.http.h1;

import org.jspecify.annotations.NullMarked;
