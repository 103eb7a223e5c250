/**
 * What request targets and authorities are written in (RFC 3986), for the rest of this module.
 *
 * <p>{@link dev.weir.http.uri.PercentDecoding} reads the octets of a path segment. It is the one
 * place where a percent sign is decoded, so that nothing is decoded twice. {@link
 * dev.weir.http.uri.UriReference} cuts a URI into parts and resolves relative ones. What users see
 * of it is {@link dev.weir.http.Origin} and {@link dev.weir.http.TargetUri}.
 */
@NullMarked
package dev.weir.http.uri;

import org.jspecify.annotations.NullMarked;
