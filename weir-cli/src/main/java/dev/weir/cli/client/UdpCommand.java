package dev.weir.cli.client;

import dev.weir.net.Context;
import dev.weir.net.DatagramOptions;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir udp}: each line typed is a datagram, each datagram that comes is a line. */
@Command(
    name = "udp",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends the lines of standard input as datagrams, prints those that come.",
      "After the input (Ctrl-D) it waits until no answer has come for a while."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  echo hello | weir udp -c 1 localhost:7             one answer is enough",
      "  weir udp -v -w 5000 192.0.2.1:9999"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:as many datagrams came as --count asks for, or it does not ask",
      "1:fewer came",
      "2:the command is wrong"
    })
public final class UdpCommand implements Callable<Integer>, DatagramHandler {

  @Parameters(
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Where to send to.")
  private @Nullable HostPort target;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Exit when so many datagrams have come (default: never mind how many).")
  private int count;

  @Option(
      names = {"-w", "--wait"},
      paramLabel = "MS",
      defaultValue = "1000",
      description = "How long to wait for answers after the input (default ${DEFAULT-VALUE}).")
  private int wait;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say where datagrams come from.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  private final CompletableFuture<Datagrams> open = new CompletableFuture<>();
  private final Semaphore came = new Semaphore(0);

  private final InputStream in;

  /**
   * @param in whose lines are sent
   */
  public UdpCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    HostPort to = target;
    if (to == null) {
      throw new IllegalStateException("picocli gives it");
    }
    InetSocketAddress peer = new InetSocketAddress(to.host(), to.port());
    if (peer.isUnresolved()) {
      throw new IOException("cannot resolve " + to.host() + ": no such name");
    }
    try (Context context = Context.start()) {
      context.datagrams(null, peer, DatagramOptions.DEFAULT, this);
      send(open.get());
      boolean enough =
          count > 0 ? came.tryAcquire(count, wait, TimeUnit.MILLISECONDS) : waitForSilence();
      return enough ? 0 : 1;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private void send(Datagrams datagrams) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String line;
    while ((line = lines.readLine()) != null) {
      ByteBuffer data = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      datagrams.loop().execute(() -> datagrams.send(data, null));
    }
  }

  private boolean waitForSilence() throws InterruptedException {
    while (came.tryAcquire(1, wait, TimeUnit.MILLISECONDS)) {
      // Another one: wait once more.
    }
    return true;
  }

  @Override
  public void opened(Datagrams datagrams) {
    open.complete(datagrams);
  }

  @Override
  public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
    String line = StandardCharsets.UTF_8.decode(data).toString();
    CommandSpec here = spec;
    if (here != null) {
      here.commandLine().getOut().println(verbose ? from + " " + line : line);
      here.commandLine().getOut().flush();
    }
    came.release();
  }
}
