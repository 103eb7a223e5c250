package dev.weir.cli.client;

import dev.weir.http.HttpVersion;
import dev.weir.http.client.HttpClientOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which version of HTTP a client speaks. */
final class VersionOptions {

  @ArgGroup private Choice choice = new Choice();

  VersionOptions() {}

  /** At most one of them. */
  static final class Choice {
    @Option(names = "--http1.1", description = "Speak HTTP/1.1 and nothing else.")
    private boolean http1;

    @Option(
        names = "--h2",
        description = "Speak HTTP/2 and nothing else; without TLS as --h2c does.")
    private boolean http2;

    @Option(
        names = "--h2c",
        description = "Speak HTTP/2 without TLS: the server is known to do so.")
    private boolean http2Plain;

    Choice() {}
  }

  /** The options of a client that speaks what was chosen. */
  HttpClientOptions options(TlsOptions trust) {
    HttpClientOptions options = HttpClientOptions.DEFAULTS.withTls(trust.context(alpn()));
    return options.withHttp2Known(choice.http2 || choice.http2Plain);
  }

  private String[] alpn() {
    if (choice.http1) {
      return new String[] {"http/1.1"};
    }
    return choice.http2 ? new String[] {"h2"} : new String[] {"h2", "http/1.1"};
  }

  /**
   * Checks what a server has chosen.
   *
   * @throws UncheckedIOException if it is not what was asked for
   */
  void check(HttpVersion spoken) {
    if (choice.http2 && spoken != HttpVersion.HTTP_2) {
      throw new UncheckedIOException(
          new IOException("the server speaks " + spoken + ", not HTTP/2"));
    }
  }
}
