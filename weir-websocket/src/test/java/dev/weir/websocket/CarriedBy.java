package dev.weir.websocket;

import dev.weir.http.client.HttpClient;
import dev.weir.http.client.HttpClientOptions;
import dev.weir.net.Context;

/** What carries the WebSockets of a test. */
enum CarriedBy {
  /** A connection of HTTP/1.1 that has left HTTP (RFC 6455). */
  HTTP1_UPGRADE,
  /** A stream of an HTTP/2 connection (RFC 8441). */
  HTTP2_STREAM;

  /** A client whose WebSockets are carried so. */
  HttpClient client(Context context) {
    return HttpClient.on(
        context,
        HttpClientOptions.DEFAULTS.withTls(NoTls.CONTEXT).withHttp2Known(this == HTTP2_STREAM));
  }
}
