package dev.weir.http.client;

import dev.weir.http.HttpVersion;
import dev.weir.tls.TlsSession;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What carried a response.
 *
 * @param id the number of the connection, which no other of this process has
 * @param version the version of HTTP that the server speaks
 * @param remote the server's address, or {@code null} where there is none
 * @param tls what the TLS handshake agreed on (version, cipher suite, ALPN, certificates), or
 *     {@code null} without TLS
 * @param reused whether it had carried a call before
 */
public record CallConnection(
    long id,
    HttpVersion version,
    @Nullable SocketAddress remote,
    @Nullable TlsSession tls,
    boolean reused) {}
