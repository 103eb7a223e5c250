package dev.weir.bench.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The JDK's, with one thread beside that of its selector. */
final class JdkClient implements BenchClient {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(executor).build();

  @Override
  public void start(URI uri, int concurrency, Tally tally) {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    for (int i = 0; i < concurrency; i++) {
      send(request, tally);
    }
  }

  private void send(HttpRequest request, Tally tally) {
    client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .whenComplete((response, problem) -> answered(response, problem, request, tally));
  }

  private void answered(
      @Nullable HttpResponse<byte[]> response,
      @Nullable Throwable problem,
      HttpRequest request,
      Tally tally) {
    if (response == null) {
      tally.failed(problem == null ? new IllegalStateException("no response") : problem);
    } else if (tally.done(response.statusCode())) {
      send(request, tally);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }
}
