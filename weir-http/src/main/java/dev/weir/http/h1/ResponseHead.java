package dev.weir.http.h1;

import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.RecentStrings;

/**
 * The head of a received response, filled by {@link ResponseParser}. It is storage to be used
 * again, as {@link RequestHead} is: what it answers is valid until the next head is read into it.
 */
public final class ResponseHead {
  final FieldTable fields;
  Status status = Status.OK;
  HttpVersion version = HttpVersion.HTTP_1_1;
  int reasonFrom;
  int reasonTo;
  BodyFraming framing = BodyFraming.NONE;
  long contentLength;
  boolean keepAlive;

  /** Storage for a head, with a memory of recent Strings of its own. */
  public ResponseHead() {
    this(new RecentStrings());
  }

  /** Storage for a head that shares the memory of recent Strings with others of its loop. */
  public ResponseHead(RecentStrings recent) {
    fields = new FieldTable(recent);
  }

  /** The status; its reason is the customary one. */
  public Status status() {
    return status;
  }

  /** The reason phrase as it came, perhaps empty; it means nothing (RFC 9112 4). */
  public String reason() {
    return fields.text(reasonFrom, reasonTo);
  }

  /** 1.0 or 1.1; a response of a later minor version of HTTP/1 counts as 1.1 (RFC 9110 2.5). */
  public HttpVersion version() {
    return version;
  }

  /** The fields of the header section. */
  public Headers headers() {
    return fields;
  }

  /** How the end of the body is found, or that the connection has switched to something else. */
  public BodyFraming framing() {
    return framing;
  }

  /** The length of the body in bytes: 0 if there is none, -1 if nothing said it. */
  public long contentLength() {
    return contentLength;
  }

  /** Whether the connection may carry another exchange after this one (RFC 9112 9.3). */
  public boolean keepAlive() {
    return keepAlive;
  }

  /** Drops what it holds of the last response, before it is put aside. */
  public void clear() {
    fields.clear();
  }
}
