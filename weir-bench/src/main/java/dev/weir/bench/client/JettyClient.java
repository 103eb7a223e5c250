package dev.weir.bench.client;

import java.net.URI;
import java.util.Objects;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's, with one selector and as few threads as it takes. */
final class JettyClient implements BenchClient {

  private static final int THREADS = 3;

  private final HttpClient client;

  JettyClient() {
    var threads = new QueuedThreadPool(THREADS, THREADS);
    threads.setReservedThreads(0);
    threads.setDaemon(true);
    var connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setExecutor(threads);
    client = new HttpClient(new HttpClientTransportOverHTTP(connector));
  }

  @Override
  public void start(URI uri, int concurrency, Tally tally) throws Exception {
    client.setMaxConnectionsPerDestination(concurrency);
    client.start();
    for (int i = 0; i < concurrency; i++) {
      send(uri, tally);
    }
  }

  private void send(URI uri, Tally tally) {
    client
        .newRequest(uri)
        .send(
            new BufferingResponseListener() {
              @Override
              public void onComplete(Result result) {
                if (result.isFailed()) {
                  tally.failed(Objects.requireNonNull(result.getFailure()));
                } else if (tally.done(result.getResponse().getStatus())) {
                  send(uri, tally);
                }
              }
            });
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client does not end", e);
    }
  }
}
