package dev.weir.cli.client;

import dev.weir.http.Method;
import dev.weir.http.client.CallConnection;
import dev.weir.http.client.CallTimings;
import dev.weir.http.client.HttpCall;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.HttpResult;
import dev.weir.http.client.RedirectPolicy;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.tls.TlsSession;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir get}: makes a request and prints the body of the response. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes a request and prints the body of the response.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the status was from 200 to 399",
      "1:there was no whole response",
      "2:the command is wrong",
      "4:the status was from 400 to 499",
      "5:the status was from 500 on"
    })
public final class GetCommand implements Callable<Integer> {

  @Parameters(paramLabel = "URL", description = "http://host[:port]/path or https://...")
  private String url = "";

  @Mixin private TlsOptions trust = new TlsOptions();

  @Option(
      names = {"-X", "--method"},
      paramLabel = "METHOD",
      description = "The method (default GET, or POST with --data).")
  private @Nullable String method;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "TEXT|@FILE",
      description = "Send a body: the text, or what is in a file.")
  private @Nullable String data;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME: VALUE",
      description = "Send a field; may be repeated.")
  private List<String> headers = List.of();

  @Option(
      names = {"-i", "--include"},
      description = "Print status and fields before the body.")
  private boolean include;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the body to a file.")
  private @Nullable Path output;

  @Option(names = "--no-redirects", description = "Do not follow redirects.")
  private boolean noRedirects;

  @Option(
      names = "--unix",
      paramLabel = "PATH",
      description = "Connect to a unix socket instead of the URL's host.")
  private @Nullable Path unix;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "For the whole of it (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what was negotiated, and how long each phase took.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  /** For picocli. */
  public GetCommand() {}

  @Override
  public Integer call() throws IOException {
    CommandSpec here = spec;
    if (here == null) {
      throw new IllegalStateException("picocli gives it");
    }
    HttpClientOptions options =
        HttpClientOptions.DEFAULTS
            .withTls(trust.context("http/1.1"))
            .withRedirects(noRedirects ? RedirectPolicy.NONE : RedirectPolicy.DEFAULT);
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context, options)) {
      HttpResult result = request(client).send().join();
      if (verbose) {
        say(here.commandLine().getErr(), result);
      }
      print(result);
      int code = result.status().code();
      return code < 400 ? 0 : code < 500 ? 4 : 5;
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? e.toString() : cause.getMessage(), cause);
    }
  }

  private HttpCall request(HttpClient client) throws IOException {
    String body = data;
    String name = method == null ? (body == null ? "GET" : "POST") : method;
    HttpCall call = client.request(Method.of(name), url).timeout(Duration.ofSeconds(timeout));
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("'" + header + "' is not NAME: VALUE");
      }
      call.header(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    if (unix != null) {
      call.via(Endpoint.unix(unix));
    }
    if (body != null) {
      if (body.startsWith("@")) {
        call.body(Files.readAllBytes(Path.of(body.substring(1))));
      } else {
        call.body(body);
      }
    }
    return call;
  }

  private void print(HttpResult result) throws IOException {
    PrintStream out = System.out;
    if (include) {
      out.print(result.version() + " " + result.status() + "\r\n");
      result.headers().forEach((field, value) -> out.print(field + ": " + value + "\r\n"));
      out.print("\r\n");
    }
    if (output != null) {
      Files.write(output, result.bytes());
    } else {
      out.write(result.bytes());
    }
    if (include) {
      result.trailers().forEach((field, value) -> out.print("\r\n" + field + ": " + value));
    }
    out.flush();
  }

  private static void say(PrintWriter err, HttpResult result) {
    CallConnection connection = result.connection();
    err.printf("* %s to %s%n", connection.version(), connection.remote());
    TlsSession tls = connection.tls();
    if (tls != null) {
      err.printf(
          "* %s, %s%s%s%n",
          tls.version().text(),
          tls.cipherSuite(),
          tls.alpn() == null ? "" : ", ALPN " + tls.alpn(),
          tls.resumed() ? ", resumed" : "");
    }
    CallTimings timings = result.timings();
    phase(err, "name", timings.dns());
    phase(err, "connect", timings.connect());
    phase(err, "TLS", timings.tls());
    phase(err, "first byte", timings.firstByte());
    phase(err, "total", timings.total());
    err.flush();
  }

  private static void phase(PrintWriter err, String name, Duration time) {
    err.printf("* %9.2f ms  %s%n", time.toNanos() / 1e6, name);
  }
}
