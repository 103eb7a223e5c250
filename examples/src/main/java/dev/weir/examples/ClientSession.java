package dev.weir.examples;

import dev.weir.http.client.CookieJar;
import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.http.client.HttpResult;
import dev.weir.http.client.RedirectPolicy;
import dev.weir.net.Context;

/** Logs in and goes where it is sent: follows redirects, and keeps the cookies set on the way. */
public final class ClientSession {

  private ClientSession() {}

  /** Posts a form, and answers with the page that it leads to. */
  public static HttpResult login(String uri, String form) {
    HttpClientOptions options =
        HttpClientOptions.DEFAULTS
            .withCookies(new CookieJar())
            .withRedirects(RedirectPolicy.DEFAULT.withMaxHops(3));
    try (Context context = Context.start();
        HttpClient client = HttpClient.on(context, options)) {
      return client
          .post(uri)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .body(form)
          .send()
          .join();
    }
  }

  /** Posts the form that is given second to the URI that is given first. */
  public static void main(String[] args) {
    System.out.println(login(args[0], args[1]));
  }
}
