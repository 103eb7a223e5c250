/**
 * HTTP semantics (RFC 9110), the same for every version of HTTP.
 *
 * <p>{@link dev.weir.http.Method}, {@link dev.weir.http.Status} and {@link
 * dev.weir.http.HttpVersion} are the words; {@link dev.weir.http.Headers} holds the fields of a
 * message, under a {@link dev.weir.http.HeaderName} each. {@link dev.weir.http.FieldLists} and
 * {@link dev.weir.http.HttpDate} read and write what stands in their values. {@link
 * dev.weir.http.HttpLimits} bounds what a peer may send; {@link dev.weir.http.HttpError} says how a
 * peer broke the rules, and what answers it. {@link dev.weir.http.TargetUri} is what a request is
 * for, and {@link dev.weir.http.Origin} who answers it. Start with Headers.
 */
@NullMarked
package dev.weir.http;

import org.jspecify.annotations.NullMarked;
