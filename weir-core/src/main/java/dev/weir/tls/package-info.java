/**
 * TLS: the seam to a TLS library, and the keys, chains and trust that it works with.
 *
 * <p>A {@link dev.weir.tls.TlsProvider} is found by {@link java.util.ServiceLoader} and chosen by
 * name. It makes contexts from configurations, and contexts make {@link dev.weir.tls.TlsEngine}s:
 * state machines that turn records into application bytes and back, without a socket, a thread or a
 * buffer of their own, so that native libraries with memory BIOs fit as well as {@code SSLEngine}.
 *
 * <p>Keys and chains are an {@link dev.weir.tls.Identity} (PEM, PKCS#12 or self-signed); whom to
 * believe is a {@link dev.weir.tls.Trust}, one verdict for every provider. {@link
 * dev.weir.tls.ClientHelloReader} looks at the first bytes of a connection and decides whether they
 * are TLS, and for whom. Start reading at {@code TlsEngine}.
 */
@NullMarked
package dev.weir.tls;

import org.jspecify.annotations.NullMarked;
