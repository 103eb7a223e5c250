package dev.weir.http;

import org.jspecify.annotations.Nullable;

/** What a request says before its body, whatever version carried it. */
public interface HttpRequestHead {

  /** The method. */
  Method method();

  /** The path, percent-encoded as it came, without the query. */
  String path();

  /** What follows the {@code ?}, percent-encoded as it came, or {@code null}. */
  @Nullable String query();

  /** The request target as it came (RFC 9112 3.2). */
  String target();

  /** Host and port as the client named them, or the empty string. */
  String authority();

  /** The version that carried it. */
  HttpVersion version();

  /** The header fields; valid while the exchange lasts, {@link Headers#copy} keeps them beyond. */
  Headers headers();

  /** The length of the body in bytes; 0 if there is none, -1 if it is not known. */
  long contentLength();
}
