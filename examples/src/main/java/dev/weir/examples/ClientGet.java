package dev.weir.examples;

import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpResult;
import dev.weir.net.Context;

/** Gets a page and prints it: {@code ClientGet https://example.com/}. */
public final class ClientGet {

  private ClientGet() {}

  /** Gets what is at a URI; waits for it. */
  public static String get(String uri) {
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context)) {
      HttpResult result = client.get(uri).send().join();
      return result.status() + "\n" + result.text();
    }
  }

  /** Prints what is at the URI that is given. */
  public static void main(String[] args) {
    System.out.println(get(args[0]));
  }
}
