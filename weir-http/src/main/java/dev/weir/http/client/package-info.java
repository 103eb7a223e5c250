/**
 * What the HTTP client decides by itself: which redirects it follows, and which cookies it keeps.
 *
 * <p>{@link dev.weir.http.client.RedirectPolicy} is what a user allows; a {@code RedirectChain}
 * follows one request from answer to answer (RFC 9110 15.4). {@link dev.weir.http.client.CookieJar}
 * keeps cookies (RFC 6265); {@code SetCookie} reads the field, {@code CookieDate} the dates in it,
 * which have a grammar of their own, and {@code Cookie} is what is kept.
 */
@NullMarked
package dev.weir.http.client;

import org.jspecify.annotations.NullMarked;
