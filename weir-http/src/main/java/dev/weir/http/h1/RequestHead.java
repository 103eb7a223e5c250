package dev.weir.http.h1;

import dev.weir.http.Headers;
import dev.weir.http.HttpRequestHead;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.RecentStrings;
import org.jspecify.annotations.Nullable;

/**
 * The head of a received request, filled by {@link RequestParser}. It is storage to be used again:
 * a loop keeps a few and lends one to a connection for the time of an exchange, so an idle
 * connection has none. What it answers is valid until the next head is read into it.
 */
public final class RequestHead implements HttpRequestHead {
  /** The four forms of a request target (RFC 9112 3.2). */
  public enum TargetForm {
    /** A path, as in {@code /a?b}. */
    ORIGIN,
    /** A whole URI, as a proxy is sent. */
    ABSOLUTE,
    /** Host and port, for CONNECT. */
    AUTHORITY,
    /** The server as a whole, {@code *}, for OPTIONS. */
    ASTERISK
  }

  final FieldTable fields;
  Method method = Method.GET;
  HttpVersion version = HttpVersion.HTTP_1_1;
  TargetForm form = TargetForm.ORIGIN;
  int targetFrom;
  int targetTo;
  int authorityFrom;
  int authorityTo;
  int pathFrom;
  int pathTo;
  BodyFraming framing = BodyFraming.NONE;
  long contentLength;
  boolean keepAlive;
  boolean upgrade;
  boolean expectContinue;

  /** Storage for a head, with a memory of recent Strings of its own. */
  public RequestHead() {
    this(new RecentStrings());
  }

  /** Storage for a head that shares the memory of recent Strings with others of its loop. */
  public RequestHead(RecentStrings recent) {
    fields = new FieldTable(recent);
  }

  /** The method. */
  @Override
  public Method method() {
    return method;
  }

  /** 1.0 or 1.1; a request of a later minor version of HTTP/1 counts as 1.1 (RFC 9110 2.5). */
  @Override
  public HttpVersion version() {
    return version;
  }

  /** The form that the target has. */
  public TargetForm form() {
    return form;
  }

  /** The request target as it came. */
  @Override
  public String target() {
    return fields.text(targetFrom, targetTo);
  }

  /**
   * The path, not decoded, without the query: {@code /} where a whole URI had none, {@code *} for
   * the server as a whole, empty for CONNECT.
   */
  @Override
  public String path() {
    if (form == TargetForm.ABSOLUTE && pathFrom == pathTo) {
      return method.equals(Method.OPTIONS) && pathTo == targetTo ? "*" : "/";
    }
    return fields.text(pathFrom, pathTo);
  }

  /** What follows the first {@code ?} of the target, not decoded, or null if there is none. */
  @Override
  public @Nullable String query() {
    return form != TargetForm.AUTHORITY && pathTo < targetTo
        ? fields.text(pathTo + 1, targetTo)
        : null;
  }

  /**
   * Host and port as the client named them: of the target if it has them, else of the Host field
   * (RFC 9112 3.3); empty if neither names one.
   */
  @Override
  public String authority() {
    return fields.text(authorityFrom, authorityTo);
  }

  /** The fields of the header section. */
  @Override
  public Headers headers() {
    return fields;
  }

  /** How the end of the body is found: NONE, LENGTH or CHUNKED. */
  public BodyFraming framing() {
    return framing;
  }

  /** The length of the body in bytes: 0 if there is none, -1 if it comes in chunks. */
  @Override
  public long contentLength() {
    return contentLength;
  }

  /** Whether the client lets the connection persist after this exchange (RFC 9112 9.3). */
  public boolean keepAlive() {
    return keepAlive;
  }

  /** Whether the client offers to switch to a protocol in the Upgrade field (RFC 9110 7.8). */
  public boolean upgrade() {
    return upgrade;
  }

  /** Whether the client waits for 100 before it sends the body (RFC 9110 10.1.1). */
  public boolean expectContinue() {
    return expectContinue;
  }

  /** Drops what it holds of the last request, before it is put aside. */
  public void clear() {
    fields.clear();
    method = Method.GET;
    version = HttpVersion.HTTP_1_1;
    upgrade = false;
    expectContinue = false;
  }
}
