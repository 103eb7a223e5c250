package dev.weir.cli.client;

import dev.weir.net.ConnectOptions;
import dev.weir.net.Context;
import dev.weir.net.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir tcp}: standard input goes to the peer, what it sends goes to standard output. */
@Command(
    name = "tcp",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Connects standard input and output to a TCP or unix socket.",
      "The end of the input (Ctrl-D) ends our direction; the end of both ends it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir tcp localhost:25                              talk to a server by hand",
      "  printf 'GET / HTTP/1.0\\r\\n\\r\\n' | weir tcp --tls -v example.org:443",
      "  weir tcp unix:/run/some.sock"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:both directions ended in order", "1:it failed", "2:the command is wrong"})
public final class TcpCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Where to connect; unix:PATH for a unix socket.")
  private @Nullable HostPort target;

  @Option(names = "--tls", description = "Speak TLS.")
  private boolean tls;

  @Mixin private TlsOptions trust = new TlsOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "For connecting (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what was negotiated, and how long each phase took.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  private final InputStream in;
  private final OutputStream out;

  /**
   * @param in what is sent
   * @param out where to what comes goes
   */
  public TcpCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    HostPort to = target;
    CommandSpec here = spec;
    if (to == null || here == null) {
      throw new IllegalStateException("picocli gives both");
    }
    PhaseLog phases = new PhaseLog(here.commandLine().getErr(), verbose);
    try (Context context = Context.start()) {
      PipedStream pipe = new PipedStream(out, phases);
      context.connect(
          to.endpoint(),
          ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(timeout)).withPhases(phases),
          tls ? Tls.client(trust.context(), to.host(), to.port(), pipe) : pipe);
      Thread.ofPlatform().daemon().name("stdin").start(() -> pipe.feed(in));
      return pipe.exitCode(here.commandLine().getErr());
    }
  }
}
