package dev.weir.http.client;

import java.time.Duration;

/**
 * How long each phase of a call took; zero for one that there was not. Redirects and retries add
 * up.
 *
 * @param queue waiting for a connection, because the origin had as many as it may
 * @param dns finding the addresses of the name
 * @param connect connecting, without {@link #dns}
 * @param tls the TLS handshake
 * @param firstByte from the request to the first byte of its response
 * @param total from the call to its end, or until now
 */
public record CallTimings(
    Duration queue,
    Duration dns,
    Duration connect,
    Duration tls,
    Duration firstByte,
    Duration total) {}
