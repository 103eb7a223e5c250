package dev.weir.cli.client;

import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsClientContext;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a client believes. */
final class TlsOptions {

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Believe these authorities (PEM) instead of the system's.")
  private @Nullable Path cacert;

  @Option(
      names = {"-k", "--insecure"},
      description = "Believe any certificate, for any name.")
  private boolean insecure;

  TlsOptions() {}

  TlsClientContext context(String... alpn) {
    return TlsProvider.named(TlsProvider.JSSE)
        .client(TlsClientConfig.of(trust()).alpn(alpn).build());
  }

  Trust trust() {
    if (insecure) {
      return Trust.insecure();
    }
    return cacert == null ? Trust.system() : Trust.pem(cacert);
  }
}
