package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.Http2Limits;
import dev.weir.http.HttpLimits;
import dev.weir.tls.TlsClientContext;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a client works. Immutable; each option has its default in {@link #DEFAULTS}.
 *
 * @param limits how much a server may send
 * @param bodyBytes how long a body may be that {@link HttpCall#send} collects; past it the call
 *     fails with {@link CallException.Reason#BODY_TOO_LARGE}
 * @param timeouts how long is waited
 * @param pool how many connections are kept
 * @param tls whom to believe, and what to offer; {@code null} for the JDK's trust, HTTP/2 and
 *     HTTP/1.1, read when the first https call is made
 * @param userAgent the User-Agent field of calls that set none (RFC 9110 10.1.5); empty for none
 * @param redirects which redirects are followed
 * @param cookies keeps cookies and sends them back, {@code null} for none
 * @param decompression asks for compressed responses and decompresses them, {@code null} to take
 *     what comes
 * @param clock the time of day, for cookies
 * @param http2 what an HTTP/2 connection may ask of the client
 * @param http2Known whether servers are known to speak HTTP/2 without TLS (RFC 9113 3.3): {@code
 *     http} URIs are asked for by it, and not by HTTP/1.1
 */
public record HttpClientOptions(
    HttpLimits limits,
    int bodyBytes,
    ClientTimeouts timeouts,
    PoolLimits pool,
    @Nullable TlsClientContext tls,
    String userAgent,
    RedirectPolicy redirects,
    @Nullable CookieJar cookies,
    @Nullable Decompression decompression,
    InstantSource clock,
    Http2Limits http2,
    boolean http2Known) {

  /**
   * The defaults of every part; streamed bodies may be of any length, collected ones of 64 MiB;
   * redirects are followed, responses decompressed, cookies not kept.
   */
  public static final HttpClientOptions DEFAULTS =
      new HttpClientOptions(
          HttpLimits.DEFAULTS.withBodyBytes(Long.MAX_VALUE),
          64 << 20,
          ClientTimeouts.DEFAULTS,
          PoolLimits.DEFAULTS,
          null,
          "weir",
          RedirectPolicy.DEFAULT,
          null,
          Decompression.DEFAULTS,
          InstantSource.system(),
          Http2Limits.DEFAULTS,
          false);

  /** Checks the User-Agent. */
  public HttpClientOptions {
    Headers.of("user-agent", userAgent);
  }

  /** These with other {@link #limits}. */
  public HttpClientOptions withLimits(HttpLimits value) {
    return with(copy -> copy.limits = value);
  }

  /** These with another {@link #bodyBytes}. */
  public HttpClientOptions withBodyBytes(int value) {
    return with(copy -> copy.bodyBytes = value);
  }

  /** These with other {@link #timeouts}. */
  public HttpClientOptions withTimeouts(ClientTimeouts value) {
    return with(copy -> copy.timeouts = value);
  }

  /** These with another {@link #pool}. */
  public HttpClientOptions withPool(PoolLimits value) {
    return with(copy -> copy.pool = value);
  }

  /** These with another {@link #tls}. */
  public HttpClientOptions withTls(@Nullable TlsClientContext value) {
    return with(copy -> copy.tls = value);
  }

  /** These with another {@link #userAgent}. */
  public HttpClientOptions withUserAgent(String value) {
    return with(copy -> copy.userAgent = value);
  }

  /** These with another {@link #redirects}. */
  public HttpClientOptions withRedirects(RedirectPolicy value) {
    return with(copy -> copy.redirects = value);
  }

  /** These with other {@link #cookies}. */
  public HttpClientOptions withCookies(@Nullable CookieJar value) {
    return with(copy -> copy.cookies = value);
  }

  /** These with other {@link #decompression}. */
  public HttpClientOptions withDecompression(@Nullable Decompression value) {
    return with(copy -> copy.decompression = value);
  }

  /** These with another {@link #clock}. */
  public HttpClientOptions withClock(InstantSource value) {
    return with(copy -> copy.clock = value);
  }

  /** These with other {@link #http2}. */
  public HttpClientOptions withHttp2(Http2Limits value) {
    return with(copy -> copy.http2 = value);
  }

  /** These with another {@link #http2Known}. */
  public HttpClientOptions withHttp2Known(boolean value) {
    return with(copy -> copy.http2Known = value);
  }

  private HttpClientOptions with(Consumer<Copy> change) {
    var copy = new Copy(this);
    change.accept(copy);
    return new HttpClientOptions(
        copy.limits,
        copy.bodyBytes,
        copy.timeouts,
        copy.pool,
        copy.tls,
        copy.userAgent,
        copy.redirects,
        copy.cookies,
        copy.decompression,
        copy.clock,
        copy.http2,
        copy.http2Known);
  }

  /** The same options, of which one is about to change. */
  private static final class Copy {
    private HttpLimits limits;
    private int bodyBytes;
    private ClientTimeouts timeouts;
    private PoolLimits pool;
    private @Nullable TlsClientContext tls;
    private String userAgent;
    private RedirectPolicy redirects;
    private @Nullable CookieJar cookies;
    private @Nullable Decompression decompression;
    private InstantSource clock;
    private Http2Limits http2;
    private boolean http2Known;

    Copy(HttpClientOptions options) {
      limits = options.limits;
      bodyBytes = options.bodyBytes;
      timeouts = options.timeouts;
      pool = options.pool;
      tls = options.tls;
      userAgent = options.userAgent;
      redirects = options.redirects;
      cookies = options.cookies;
      decompression = options.decompression;
      clock = options.clock;
      http2 = options.http2;
      http2Known = options.http2Known;
    }
  }
}
