package dev.weir.cli.client;

import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.client.HttpClient;
import dev.weir.net.Context;
import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocket;
import dev.weir.websocket.WebSocketClient;
import dev.weir.websocket.WebSocketConfig;
import dev.weir.websocket.WebSocketHandler;
import dev.weir.websocket.WebSocketLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

/** {@code weir ws}: each line typed is a message, each message that comes is a line. */
@Command(
    name = "ws",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Opens a WebSocket: sends the lines of standard input, prints what comes.",
      "Each line is a text message. At the end of the input (Ctrl-D) it closes.",
      "With --echo it sends back whatever comes until the peer closes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir ws -k wss://localhost:8443/ws/echo            type, and see it come back",
      "  echo hello | weir ws -v ws://localhost:8080/ws/echo",
      "  weir ws --echo --subprotocol chat ws://localhost:9000/"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:closed in order (1000, 1001 or no code)",
      "1:no connection, or it was cut",
      "2:the command is wrong",
      "3:closed with another code"
    })
public final class WsCommand implements Callable<Integer>, WebSocketHandler {

  private static final int MAX_MESSAGE = 64 << 20;

  @Parameters(paramLabel = "URL", description = "ws://host[:port]/path or wss://...")
  private String url = "";

  @Mixin private TlsOptions trust = new TlsOptions();

  @Mixin private VersionOptions version = new VersionOptions();

  @Option(names = "--echo", description = "Send back every message until the peer closes.")
  private boolean echo;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      converter = Field.Converter.class,
      description = "Send a field with the handshake; may be repeated.")
  private List<Field> headers = List.of();

  @Option(
      names = "--subprotocol",
      paramLabel = "NAME",
      description = "Ask for a subprotocol; may be repeated, the best first.")
  private List<String> subprotocols = List.of();

  @Option(names = "--no-compression", description = "Do not offer permessage-deflate.")
  private boolean uncompressed;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what was negotiated, and how long each phase took.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile HttpVersion spoken = HttpVersion.HTTP_1_1;
  private @Nullable PrintWriter out;
  private @Nullable PrintWriter err;

  private final InputStream in;

  /**
   * @param in whose lines are sent
   */
  public WsCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec here = spec;
    if (here == null) {
      throw new IllegalStateException("picocli gives it");
    }
    PrintWriter errors = here.commandLine().getErr();
    out = here.commandLine().getOut();
    err = errors;
    try (Context context = Context.start();
        HttpClient http = HttpClient.on(context, version.options(trust))) {
      WebSocket ws = client(http, errors).open(url, this).join();
      version.check(spoken);
      if (verbose && ws.subprotocol() != null) {
        errors.println("* subprotocol " + ws.subprotocol());
      }
      if (!echo) {
        Thread.ofPlatform().daemon().name("stdin").start(() -> feed(ws));
      }
      return exit.join();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? e.toString() : cause.getMessage(), cause);
    }
  }

  private WebSocketClient client(HttpClient http, PrintWriter errors) {
    Headers fields = Headers.create();
    headers.forEach(field -> fields.add(field.name(), field.value()));
    WebSocketConfig config =
        WebSocketConfig.CLIENT
            .withLimits(WebSocketLimits.DEFAULTS.withMaxMessageBytes(MAX_MESSAGE))
            .withMaxQueuedBytes(2 * MAX_MESSAGE);
    return WebSocketClient.on(http)
        .with(uncompressed ? config.withDeflate(null) : config)
        .withHeaders(fields)
        .withSubprotocols(subprotocols.toArray(String[]::new))
        .withAnswered(response -> {
          spoken = response.version();
          if (verbose) {
            CallReport.say(errors, response);
            CallReport.say(errors, response.timings());
          }
        });
  }

  private void feed(WebSocket ws) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        ws.send(line);
      }
    } catch (IOException e) {
      // The input is gone: that is its end.
    }
    ws.close();
  }

  @Override
  public void text(WebSocket ws, String message) {
    if (echo) {
      ws.send(message);
    } else {
      print(message);
    }
  }

  @Override
  public void binary(WebSocket ws, ByteBuffer data) {
    if (echo) {
      ws.send(data);
    } else {
      print("<" + data.remaining() + " bytes>");
    }
  }

  private void print(String line) {
    PrintWriter printer = out;
    if (printer != null) {
      printer.println(line);
      printer.flush();
    }
  }

  @Override
  public void closed(WebSocket ws, int code, String reason) {
    boolean orderly =
        code == CloseCode.NORMAL || code == CloseCode.GOING_AWAY || code == CloseCode.NO_STATUS;
    PrintWriter errors = err;
    if (errors != null && (verbose || !orderly)) {
      errors.println("* closed with " + code + (reason.isEmpty() ? "" : ": " + reason));
      errors.flush();
    }
    exit.complete(orderly ? 0 : code == CloseCode.ABNORMAL ? 1 : 3);
  }
}
