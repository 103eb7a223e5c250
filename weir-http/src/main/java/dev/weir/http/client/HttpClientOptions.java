package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.HttpLimits;
import dev.weir.tls.TlsClientContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client works. Immutable; each option has its default in {@link #DEFAULTS}.
 *
 * @param limits how much a server may send
 * @param bodyBytes how long a body may be that {@link HttpCall#send} collects; past it the call
 *     fails with {@link CallException.Reason#BODY_TOO_LARGE}
 * @param timeouts how long is waited
 * @param pool how many connections are kept
 * @param tls whom to believe, and what to offer; {@code null} for the JDK's trust and HTTP/1.1,
 *     read when the first https call is made
 * @param userAgent the User-Agent field of calls that set none (RFC 9110 10.1.5); empty for none
 */
public record HttpClientOptions(
    HttpLimits limits,
    int bodyBytes,
    ClientTimeouts timeouts,
    PoolLimits pool,
    @Nullable TlsClientContext tls,
    String userAgent) {

  /** The defaults of every part; streamed bodies may be of any length, collected ones of 64 MiB. */
  public static final HttpClientOptions DEFAULTS =
      new HttpClientOptions(
          HttpLimits.DEFAULTS.withBodyBytes(Long.MAX_VALUE),
          64 << 20,
          ClientTimeouts.DEFAULTS,
          PoolLimits.DEFAULTS,
          null,
          "weir");

  /** Checks the User-Agent. */
  public HttpClientOptions {
    Headers.of("user-agent", userAgent);
  }

  /** These with other {@link #limits}. */
  public HttpClientOptions withLimits(HttpLimits value) {
    return new HttpClientOptions(value, bodyBytes, timeouts, pool, tls, userAgent);
  }

  /** These with another {@link #bodyBytes}. */
  public HttpClientOptions withBodyBytes(int value) {
    return new HttpClientOptions(limits, value, timeouts, pool, tls, userAgent);
  }

  /** These with other {@link #timeouts}. */
  public HttpClientOptions withTimeouts(ClientTimeouts value) {
    return new HttpClientOptions(limits, bodyBytes, value, pool, tls, userAgent);
  }

  /** These with another {@link #pool}. */
  public HttpClientOptions withPool(PoolLimits value) {
    return new HttpClientOptions(limits, bodyBytes, timeouts, value, tls, userAgent);
  }

  /** These with another {@link #tls}. */
  public HttpClientOptions withTls(TlsClientContext value) {
    return new HttpClientOptions(limits, bodyBytes, timeouts, pool, value, userAgent);
  }

  /** These with another {@link #userAgent}. */
  public HttpClientOptions withUserAgent(String value) {
    return new HttpClientOptions(limits, bodyBytes, timeouts, pool, tls, value);
  }
}
