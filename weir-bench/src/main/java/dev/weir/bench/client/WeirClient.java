package dev.weir.bench.client;

import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.HttpResult;
import dev.weir.http.client.PoolLimits;
import dev.weir.net.Context;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Weir's, on one loop. */
final class WeirClient implements BenchClient {

  private final Context context = Context.start(1, "nio");

  @Override
  public void start(URI uri, int concurrency, Tally tally) {
    PoolLimits defaults = PoolLimits.DEFAULTS;
    var pool =
        new PoolLimits(
            concurrency,
            concurrency,
            defaults.idleTime(),
            defaults.waitingPerOrigin(),
            defaults.pipelined());
    HttpClient client = HttpClient.on(context, HttpClientOptions.DEFAULTS.withPool(pool));
    String target = uri.toString();
    for (int i = 0; i < concurrency; i++) {
      send(client, target, tally);
    }
  }

  private static void send(HttpClient client, String uri, Tally tally) {
    client
        .get(uri)
        .send()
        .whenComplete((result, problem) -> answered(result, problem, client, uri, tally));
  }

  private static void answered(
      @Nullable HttpResult result,
      @Nullable Throwable problem,
      HttpClient client,
      String uri,
      Tally tally) {
    if (result == null) {
      tally.failed(problem == null ? new IllegalStateException("no result") : problem);
    } else if (tally.done(result.status().code())) {
      send(client, uri, tally);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
