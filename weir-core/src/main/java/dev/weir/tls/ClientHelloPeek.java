package dev.weir.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link ClientHelloReader} makes of the first bytes of a connection. */
public sealed interface ClientHelloPeek {
  /** The bytes so far are the start of a ClientHello; look again when more have come. */
  record NeedMore() implements ClientHelloPeek {}

  /**
   * These are not TLS records: another protocol, perhaps plain HTTP.
   *
   * @param reason what was found
   */
  record NotTls(String reason) implements ClientHelloPeek {}

  /**
   * These are TLS records, but no ClientHello to go on with.
   *
   * @param alert the alert that the RFC has for it
   * @param reason what was found and what was expected
   */
  record Malformed(TlsAlert alert, String reason) implements ClientHelloPeek {}

  /**
   * A complete ClientHello.
   *
   * @param serverName host_name of RFC 6066 3 in lower case, or null
   * @param alpn protocols of RFC 7301 in the client's order, each byte one character; empty if none
   * @param length bytes of the records that carry it
   */
  record Found(@Nullable String serverName, List<String> alpn, int length)
      implements ClientHelloPeek {
    /** Copies the list. */
    public Found {
      alpn = List.copyOf(alpn);
    }
  }
}
