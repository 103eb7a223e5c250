package dev.weir.cli.page;

/**
 * The server as the page shows it.
 *
 * @param version Weir's version
 * @param java the Java runtime's version
 * @param loop name of the loop's kind, such as {@code nio}
 * @param loops number of loops, one for each service thread
 * @param tls name of the TLS provider
 * @param uptimeMs milliseconds since the server started
 * @param heap bytes of heap in use
 * @param in bytes received on all connections since the start, closed ones included
 * @param out bytes sent on all connections since the start, closed ones included
 */
public record ServerStatus(
    String version,
    String java,
    String loop,
    int loops,
    String tls,
    long uptimeMs,
    long heap,
    long in,
    long out) {}
