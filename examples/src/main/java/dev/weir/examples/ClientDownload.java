package dev.weir.examples;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.http.client.CallTimings;
import dev.weir.http.client.ClientResponse;
import dev.weir.http.client.ClientTimeouts;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.PoolLimits;
import dev.weir.http.client.ResponseHandler;
import dev.weir.net.Context;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Reads a response of any length as it comes, decompressed, with a limit for each phase, and tells
 * how many bytes there were, which hints came early and what the trailers said.
 */
public final class ClientDownload implements ResponseHandler {

  private final StringBuilder told = new StringBuilder();
  private long bytes;

  private ClientDownload() {}

  /** Downloads; waits for the end. */
  public static String download(String uri) {
    HttpClientOptions options =
        HttpClientOptions.DEFAULTS
            .withPool(PoolLimits.DEFAULTS.withConnectionsPerOrigin(2).withPipelined(4))
            .withTimeouts(
                ClientTimeouts.DEFAULTS
                    .withConnect(Duration.ofSeconds(2))
                    .withFirstByte(Duration.ofSeconds(5))
                    .withBetweenBytes(Duration.ofSeconds(5)));
    ClientDownload download = new ClientDownload();
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context, options)) {
      CallTimings timings = client.get(uri).stream(download).join();
      return download.told + (timings.total().isPositive() ? ", in time" : "");
    }
  }

  @Override
  public void interim(Status status, Headers headers) {
    told.append(status.code()).append(' ').append(headers.get("link")).append(", ");
  }

  @Override
  public void head(ClientResponse response) {
    told.append(response.status().code());
  }

  @Override
  public void data(ByteBuffer piece) {
    // What is left in the piece stops the server until response.resume().
    bytes += piece.remaining();
    piece.position(piece.limit());
  }

  @Override
  public void end(Headers trailers) {
    told.append(", ").append(bytes).append(" bytes, sum ").append(trailers.get("sum"));
  }

  /** Downloads what is at the URI that is given. */
  public static void main(String[] args) {
    System.out.println(download(args[0]));
  }
}
