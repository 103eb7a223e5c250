package dev.weir.cli.serve;

import dev.weir.Host;
import dev.weir.Weir;
import dev.weir.loop.spi.LoopProvider;
import dev.weir.tls.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir serve}: a server that shows what Weir does, or serves a directory. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves a page of demonstrations, or your files, until it is stopped (Ctrl-C).",
      "It prints where: https://localhost:8443 and http://localhost:8080, or as told."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was stopped",
      "1:a port is taken, or a file missing",
      "2:the command is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir serve                          the page that shows what Weir does",
      "  weir serve --dir www                your files",
      "  weir serve --cert c.pem --key k.pem --address 0.0.0.0 --tls-port 443 --port 80",
      "",
      "Without --cert it makes a self-signed identity at every start, of which browsers",
      "warn; its fingerprints are printed, so that clients can be told to accept it."
    })
public final class ServeCommand implements Callable<Integer> {

  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port without TLS; 0 for any, -1 for none (default ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--tls-port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "Port with TLS; 0 for any, -1 for none (default ${DEFAULT-VALUE}).")
  private int tlsPort;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Where to listen; 0.0.0.0 for everywhere (default ${DEFAULT-VALUE}).")
  private InetAddress address = InetAddress.getLoopbackAddress();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Service threads, each with a loop of its own (default ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--loop",
      paramLabel = "NAME",
      description = "What the loops wait by: nio, or epoll on Linux (default ${DEFAULT-VALUE}).")
  private String loop = LoopProvider.preferred();

  /** A key and its chain come together. */
  private static final class Pem {
    @Option(
        names = "--cert",
        paramLabel = "FILE",
        required = true,
        description = "Certificate chain in PEM, the leaf first.")
    private Path cert = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "Its private key in PEM.")
    private Path key = Path.of("");
  }

  @ArgGroup(exclusive = false)
  private @Nullable Pem pem;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Serve the files of a directory instead of the page.")
  private @Nullable Path dir;

  @Option(
      names = "--test-routes",
      description =
          "Add /hello /bytes/N /echo /drip/N/MS /status/CODE /headers /trailers for tests and"
              + " benchmarks.")
  private boolean testRoutes;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  @Spec private @Nullable CommandSpec spec;

  /** For picocli. */
  public ServeCommand() {}

  @Override
  public Integer call() throws Exception {
    try (Weir weir = start()) {
      Host host = weir.host("localhost", h -> configure(weir, h));
      // Without TLS it answers already while the identity is made.
      if (port >= 0) {
        say("http", host);
      }
      if (tlsPort >= 0) {
        Identity identity = identity();
        host.tls(identity).listen(new InetSocketAddress(address, tlsPort));
        say("https", host);
        if (pem == null) {
          say("certificate sha256 " + HexFormat.of().formatHex(identity.fingerprintSha256()));
          say("public key sha256  " + Base64.getEncoder().encodeToString(identity.spkiSha256()));
        }
      }
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> weir.shutdown(DRAIN).join(), "weir-shutdown"));
      weir.awaitShutdown();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    return 0;
  }

  private Weir start() {
    try {
      return Weir.start(threads, loop);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  private Identity identity() throws IOException {
    return pem == null
        ? Identity.selfSigned(Instant.now(), Duration.ofDays(14), "localhost", "127.0.0.1", "::1")
        : Identity.pem(pem.cert, pem.key);
  }

  private void configure(Weir weir, Host host) {
    if (testRoutes) {
      TestRoutes.addTo(host);
    }
    if (dir != null) {
      host.files("/", dir);
    } else {
      new PageSite(weir, loop).addTo(host);
    }
    if (port >= 0) {
      host.listenPlain(new InetSocketAddress(address, port));
    }
  }

  /** Tells the address that was listened at last. */
  private void say(String scheme, Host host) {
    String name = address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
    int bound = ((InetSocketAddress) host.addresses().getLast()).getPort();
    say(scheme + "://" + name + ":" + bound + "/");
  }

  /** Not by a format, which would load the locales' data at every start. */
  private void say(String line) {
    if (spec != null && !quiet) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
