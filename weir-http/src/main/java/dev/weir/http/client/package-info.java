/**
 * The HTTP client.
 *
 * <p>{@link dev.weir.http.client.HttpClient} makes an {@link dev.weir.http.client.HttpCall}, which
 * is filled in and sent; the answer is an {@link dev.weir.http.client.HttpResult} with the whole
 * body, or it is streamed to a {@link dev.weir.http.client.ResponseHandler}. Inside, a {@code
 * ClientCall} lives as long as the caller waits, gives what comes to a {@code Delivery}, and makes
 * one {@code Attempt} after the other (redirects, retries); an attempt has a {@code ClientExchange}
 * below it, the seam that the versions of HTTP implement, made by their {@code ClientConnection}:
 * {@code Http1ClientExchange} on an {@code Http1ClientConnection}. Connections belong to a {@code
 * LoopPool} for each loop. Start with HttpClient.
 *
 * <p>What the client decides by itself is apart and pure: {@link
 * dev.weir.http.client.RedirectPolicy} is what a user allows, and a {@code RedirectChain} follows
 * one request from answer to answer (RFC 9110 15.4). {@link dev.weir.http.client.CookieJar} keeps
 * cookies (RFC 6265); {@code SetCookie} reads the field, {@code CookieDate} the dates in it, which
 * have a grammar of their own, and {@code Cookie} is what is kept.
 */
@NullMarked
package dev.weir.http.client;

import org.jspecify.annotations.NullMarked;
