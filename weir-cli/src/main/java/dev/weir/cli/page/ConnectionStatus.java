package dev.weir.cli.page;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One live connection as the page shows it.
 *
 * @param id the server's number for the connection, never used again; later ones are larger
 * @param peer the peer's address and port
 * @param protocol what it speaks, by its ALPN name without the digits after a dot: {@code h1},
 *     {@code h2}, {@code h3}
 * @param tls version of TLS by the JDK's name, such as {@code TLSv1.3}; null without TLS
 * @param cipher name of the cipher suite; null without TLS
 * @param in bytes received on the wire so far
 * @param out bytes sent on the wire so far
 * @param rttMs last measured round trip in milliseconds, empty if none was measured
 * @param ageMs milliseconds since it was accepted
 * @param carries request targets of the WebSockets that are open on it, as they were asked for
 */
public record ConnectionStatus(
    long id,
    String peer,
    String protocol,
    @Nullable String tls,
    @Nullable String cipher,
    long in,
    long out,
    OptionalDouble rttMs,
    long ageMs,
    List<String> carries) {

  /**
   * Keeps a copy of the list of targets.
   *
   * @throws NullPointerException if a reference other than {@code tls} and {@code cipher} is null
   */
  public ConnectionStatus {
    carries = List.copyOf(carries);
  }
}
