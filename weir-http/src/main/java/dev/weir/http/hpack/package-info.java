/**
 * Header compression for HTTP/2 (HPACK, RFC 7541): field blocks in, field lines out, and back; no
 * I/O; not exported.
 *
 * <p>{@link dev.weir.http.hpack.HpackDecoder} and {@link dev.weir.http.hpack.HpackEncoder} are the
 * two contexts of a connection, each with a {@link dev.weir.http.hpack.DynamicTable} behind the
 * {@link dev.weir.http.hpack.StaticTable}. Field lines have a {@link dev.weir.http.hpack.LineName}:
 * a pseudo-header, a name, or what is neither. The primitives are {@link
 * dev.weir.http.hpack.PrefixedInteger}, {@link dev.weir.http.hpack.Huffman} and {@link
 * dev.weir.http.hpack.StringLiterals}, the scratch that all connections of a loop share. Start with
 * HpackDecoder. Everything here belongs to one thread, and nothing blocks.
 */
@NullMarked
package dev.weir.http.hpack;

import org.jspecify.annotations.NullMarked;
