package dev.weir.examples;

import dev.weir.http.client.BodySource;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpResult;
import dev.weir.net.Context;
import java.nio.file.Path;

/**
 * Uploads a file of any size in little memory: it is read as the server takes it, and not at all if
 * the server does not want it.
 */
public final class ClientUploadStream {

  private ClientUploadStream() {}

  /** Puts a file at a URI; waits for the answer. */
  public static HttpResult upload(String uri, Path file) {
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context)) {
      return client.put(uri).body(BodySource.file(file)).expectContinue().send().join();
    }
  }

  /** Puts the file that is given second at the URI that is given first. */
  public static void main(String[] args) {
    System.out.println(upload(args[0], Path.of(args[1])).status());
  }
}
