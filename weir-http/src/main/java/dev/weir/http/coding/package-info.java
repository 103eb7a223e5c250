/**
 * Content codings (RFC 9110 8.4): which the client takes, and which the server gives.
 *
 * <p>{@link dev.weir.http.coding.AcceptEncoding} is what the client said, {@link
 * dev.weir.http.coding.ContentCoding} the codings that Weir knows; {@link
 * dev.weir.http.coding.CompressionPolicy} decides whether a handler's response is compressed on its
 * way, by {@link dev.weir.http.coding.CompressibleTypes}. Files that were compressed beforehand are
 * chosen in {@code dev.weir.http.files}. {@link dev.weir.http.coding.ContentDecoder} undoes what a
 * server has compressed.
 */
@NullMarked
package dev.weir.http.coding;

import org.jspecify.annotations.NullMarked;
