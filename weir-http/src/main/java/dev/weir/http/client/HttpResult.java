package dev.weir.http.client;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.TargetUri;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A response with its whole body. Any thread. */
public final class HttpResult {

  private final TargetUri uri;
  private final Status status;
  private final Headers headers;
  private final byte[] body;
  private final Headers trailers;
  private final CallTimings timings;
  private final CallConnection connection;

  HttpResult(ClientResponse response, Headers headers, byte[] body, Headers trailers) {
    this.uri = response.uri();
    this.status = response.status();
    this.headers = headers;
    this.body = body;
    this.trailers = trailers;
    this.timings = response.timings();
    this.connection = response.connection();
  }

  /** Where it came from: the last of the redirects that were followed. */
  public TargetUri uri() {
    return uri;
  }

  /** The status. */
  public Status status() {
    return status;
  }

  /** The version that carried it. */
  public HttpVersion version() {
    return connection.version();
  }

  /** The header fields. */
  public Headers headers() {
    return headers;
  }

  /** The value of the first field of that name, or {@code null}. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body. The array is the caller's. */
  public byte[] bytes() {
    return body;
  }

  /**
   * The body as text, in the charset that Content-Type names, else in UTF-8.
   *
   * @throws IllegalArgumentException if this JVM does not know the charset; see {@link
   *     #text(Charset)}
   */
  public String text() {
    var type = headers.get(HeaderName.CONTENT_TYPE);
    var charset = type == null ? null : FieldLists.parameterized(type).parameters().get("charset");
    return text(charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
  }

  /** The body as text. */
  public String text(Charset charset) {
    return new String(body, charset);
  }

  /** The trailer fields, mostly none (RFC 9110 6.5). */
  public Headers trailers() {
    return trailers;
  }

  /** How long each phase took. */
  public CallTimings timings() {
    return timings;
  }

  /** What carried it. */
  public CallConnection connection() {
    return connection;
  }

  /** Status and length, for a log. */
  @Override
  public String toString() {
    return uri + " -> " + status + ", " + body.length + " bytes";
  }
}
