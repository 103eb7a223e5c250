package dev.weir.cli.client;

import dev.weir.http.Method;
import dev.weir.http.client.BodySource;
import dev.weir.http.client.CallTimings;
import dev.weir.http.client.HttpCall;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.RedirectPolicy;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
    description = {
      "Makes a request and prints the body of the response.",
      "It is decompressed and printed as it comes; redirects are followed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir get https://example.org/                     print a page",
      "  weir get -o page.html -v https://example.org/     keep it; say how it came",
      "  weir get -d '{}' -H 'Content-Type: application/json' https://example.org/new",
      "  weir get -X PUT -d @picture.png https://example.org/picture"
    },
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

  @Mixin private VersionOptions version = new VersionOptions();

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
      paramLabel = "'NAME: VALUE'",
      converter = Field.Converter.class,
      description = "Send a field; may be repeated.")
  private List<Field> headers = List.of();

  @Option(
      names = {"-i", "--include"},
      description = "Print status and fields before the body.")
  private boolean include;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file.")
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
      description = "Give up after so long (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what was negotiated, and how long each phase took.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  private final OutputStream out;

  /**
   * @param out where the response goes
   */
  public GetCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec here = spec;
    if (here == null) {
      throw new IllegalStateException("picocli gives it");
    }
    HttpClientOptions options =
        version
            .options(trust)
            .withRedirects(noRedirects ? RedirectPolicy.NONE : RedirectPolicy.DEFAULT);
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context, options)) {
      PrintWriter err = here.commandLine().getErr();
      ResponsePrinter printer =
          new ResponsePrinter(
              this::target,
              include,
              response -> {
                version.check(response.version());
                if (verbose) {
                  CallReport.say(err, response);
                }
              });
      CompletableFuture<CallTimings> over = request(client).stream(printer);
      int code = printer.printed().join();
      if (verbose) {
        CallReport.say(err, over.join());
      }
      return code < 400 ? 0 : code < 500 ? 4 : 5;
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? e.toString() : cause.getMessage(), cause);
    }
  }

  private HttpCall request(HttpClient client) {
    String body = data;
    String name = method == null ? (body == null ? "GET" : "POST") : method;
    HttpCall call = client.request(Method.of(name), url).timeout(Duration.ofSeconds(timeout));
    headers.forEach(field -> call.header(field.name(), field.value()));
    if (unix != null) {
      call.via(Endpoint.unix(unix));
    }
    if (body != null) {
      if (body.startsWith("@")) {
        call.body(BodySource.file(Path.of(body.substring(1))));
      } else {
        call.body(body);
      }
    }
    return call;
  }

  private OutputStream target() throws IOException {
    return output == null ? out : Files.newOutputStream(output);
  }
}
