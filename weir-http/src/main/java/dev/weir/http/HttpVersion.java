package dev.weir.http;

/** The versions of HTTP that Weir speaks (RFC 9110 2.5). */
public enum HttpVersion {
  HTTP_1_0("HTTP/1.0"),
  HTTP_1_1("HTTP/1.1"),
  HTTP_2("HTTP/2"),
  HTTP_3("HTTP/3");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** The version as its RFC writes it, as in {@code HTTP/1.1}. */
  @Override
  public String toString() {
    return text;
  }
}
