package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Http2Error;
import dev.weir.http.HttpRequestHead;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.fields.Authority;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.Octets;
import dev.weir.http.hpack.LineName;
import dev.weir.http.hpack.Lines;
import org.jspecify.annotations.Nullable;

/**
 * A field section that was received: of a request, a response, or trailers. It takes the lines as
 * they are decompressed, notes the first breach of the rules (RFC 9113 8.2, 8.3), and is checked
 * when all have come. Storage that can be used again.
 */
public final class Http2Head implements HttpRequestHead, Lines {

  /** What section it is. */
  public enum Kind {
    /** A header section of a request. */
    REQUEST,
    /** A header section of a response. */
    RESPONSE,
    /** A trailer section of either. */
    TRAILERS
  }

  private final FieldTable fields = new FieldTable();
  private final int mostLines;
  private Kind kind = Kind.REQUEST;
  private @Nullable Method method;
  private @Nullable String scheme;
  private @Nullable String authority;
  private @Nullable String path;
  private @Nullable String protocol;

  /** The authority that was found valid last; kept from section to section. */
  private @Nullable String validAuthority;

  private @Nullable Status status;
  private long contentLength;
  private boolean endsStream;
  private boolean tooLarge;
  private int lines;

  /** What is wrong with it, or {@code null}; and where that is forbidden. */
  private @Nullable String fault;

  private String faultSection = "";

  /**
   * Storage for sections of so many fields.
   *
   * @param mostLines the limit {@code headerCount}
   */
  public Http2Head(int mostLines) {
    this.mostLines = mostLines;
  }

  /** As it was told. */
  public int mostLines() {
    return mostLines;
  }

  /** Makes it another section. */
  void begin(Kind next, boolean ends) {
    clear();
    kind = next;
    endsStream = ends;
  }

  /** Makes it the head of a request without a body that came as HTTP/1.1 (RFC 7540 3.2). */
  public Http2Head upgraded(HttpRequestHead from) {
    begin(Kind.REQUEST, true);
    method = from.method();
    scheme = "http";
    authority = from.authority();
    path = from.target();
    from.headers()
        .forEach((name, value) -> {
          if (!HopFields.isHopField(name)) {
            fields.addTrusted(name, value);
          }
        });
    return this;
  }

  /** Drops what it holds, before it is put aside. */
  public void clear() {
    fields.clear();
    method = null;
    scheme = null;
    authority = null;
    path = null;
    protocol = null;
    status = null;
    contentLength = ContentLength.NONE;
    tooLarge = false;
    lines = 0;
    fault = null;
  }

  // ---- lines come

  @Override
  public void line(LineName name, String value, boolean wellFormed, boolean neverIndexed) {
    if (fault != null || tooLarge) {
      return;
    }
    var field = name.header();
    if (!wellFormed) {
      wrong("RFC 9113 8.2.1", "the value of " + name + " is invalid: " + Octets.quote(value));
    } else if (field != null) {
      field(field, value);
    } else if (name.isPseudo()) {
      pseudo(name, value);
    } else {
      wrong("RFC 9113 8.2", "the field name " + name);
    }
  }

  private void field(HeaderName name, String value) {
    if (HopFields.isConnectionSpecific(name)) {
      wrong("RFC 9113 8.2.2", "the connection-specific field " + name);
    } else if (name.equals(HeaderName.TE) && !value.equals("trailers")) {
      wrong("RFC 9113 8.2.2", "TE other than trailers: " + Octets.quote(value));
    } else if (++lines > mostLines) {
      tooLarge = true;
    } else {
      fields.addTrusted(name, value);
    }
  }

  private void pseudo(LineName name, String value) {
    if (!fields.isEmpty() || kind == Kind.TRAILERS) {
      wrong("RFC 9113 8.3", name + " after fields, or in trailers");
    } else if (kind == Kind.RESPONSE) {
      responsePseudo(name, value);
    } else {
      requestPseudo(name, value);
    }
  }

  private void responsePseudo(LineName name, String value) {
    if (!name.equals(LineName.STATUS) || status != null) {
      wrong("RFC 9113 8.3.2", name + " in a response, or more than once");
      return;
    }
    int code = code(value);
    if (code < 100 || code == 101) {
      wrong("RFC 9113 8.3.2", "the status " + Octets.quote(value));
    } else {
      status = Status.of(code);
    }
  }

  private static int code(String digits) {
    int code = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      code = digit < 0 || digit > 9 ? -1000 : code * 10 + digit;
    }
    return digits.length() == 3 ? code : -1;
  }

  private void requestPseudo(LineName name, String value) {
    boolean again;
    if (name.equals(LineName.METHOD)) {
      again = method != null;
      if (Octets.isToken(value)) {
        method = Method.of(value);
      } else {
        wrong("RFC 9110 9.1", "the method " + Octets.quote(value));
      }
    } else if (name.equals(LineName.SCHEME)) {
      again = scheme != null;
      scheme = value;
    } else if (name.equals(LineName.AUTHORITY)) {
      again = authority != null;
      authority = value;
    } else if (name.equals(LineName.PATH)) {
      again = path != null;
      path = value;
    } else if (name.equals(LineName.PROTOCOL)) {
      again = protocol != null;
      protocol = value;
    } else {
      wrong("RFC 9113 8.3.1", name + " in a request");
      return;
    }
    if (again) {
      wrong("RFC 9113 8.3", name + " more than once");
    }
  }

  private void wrong(String section, String what) {
    fault = what;
    faultSection = section;
  }

  // ---- all lines have come

  /** The section is whole; {@code complete} says whether all lines were handed over. */
  void decoded(boolean complete) {
    tooLarge |= !complete;
  }

  /** Whether it was larger than the limits; it is not complete then. */
  public boolean isTooLarge() {
    return tooLarge;
  }

  /**
   * Checks the section as a whole. A request that is too large is for its server to answer (RFC
   * 9113 10.5.1); anything else that is too large cannot be answered.
   */
  void check(int streamId) {
    if (fault == null && tooLarge) {
      if (kind == Kind.REQUEST) {
        return;
      }
      wrong("RFC 9113 10.5.1", "a field section beyond the limits");
    }
    if (fault == null) {
      switch (kind) {
        case REQUEST -> checkRequest();
        case RESPONSE -> {
          if (status == null) {
            wrong("RFC 9113 8.3.2", "a response without :status");
          }
        }
        case TRAILERS -> {}
      }
    }
    if (fault == null) {
      contentLength = ContentLength.of(fields);
      if (contentLength == ContentLength.INVALID) {
        wrong("RFC 9113 8.1.1", "an invalid Content-Length");
      } else if (endsStream && contentLength > 0 && kind == Kind.REQUEST) {
        wrong("RFC 9113 8.1.1", "a Content-Length, and no content");
      }
    }
    var what = fault;
    if (what != null) {
      throw Http2Error.ofStream(streamId, PROTOCOL_ERROR, faultSection, what);
    }
    joinCookies();
  }

  private void checkRequest() {
    var host = fields.get(HeaderName.HOST);
    if (method == null) {
      wrong("RFC 9113 8.3.1", "a request without :method");
    } else if (protocol != null && !method.equals(Method.CONNECT)) {
      wrong("RFC 8441 4", ":protocol in a request that is no CONNECT");
    } else if (method.equals(Method.CONNECT) && protocol == null) {
      if (scheme != null || path != null || authority == null) {
        wrong("RFC 9113 8.5", "CONNECT has :authority, and neither :scheme nor :path");
      }
    } else if (scheme == null || path == null) {
      wrong("RFC 9113 8.3.1", "a request without :scheme or :path");
    } else if (!isScheme(scheme)) {
      wrong("RFC 9113 8.3.1", "the :scheme " + Octets.quote(scheme));
    } else if (!isPath(path, method)) {
      wrong("RFC 9113 8.3.1", "the :path " + Octets.quote(path));
    } else if (authority == null && host == null) {
      wrong("RFC 9113 8.3.1", "a request without :authority and Host");
    }
    if (fault != null) {
      return;
    }
    var named = authority != null ? authority : host;
    if (named != null && !isAuthority(named)) {
      wrong("RFC 9113 8.3.1", "the authority " + Octets.quote(named));
    } else if (authority != null && host != null && !authority.equalsIgnoreCase(host)) {
      wrong("RFC 9113 8.3.1", "Host differs from :authority");
    } else if (host != null && hasMoreHosts()) {
      wrong("RFC 9113 8.3.1", "more than one Host");
    }
  }

  /** Most heads that share a storage name one server. */
  private boolean isAuthority(String named) {
    if (named.equals(validAuthority)) {
      return true;
    }
    boolean valid = Authority.isValid(named);
    if (valid) {
      validAuthority = named;
    }
    return valid;
  }

  private boolean hasMoreHosts() {
    return fields.find(HeaderName.HOST, fields.find(HeaderName.HOST, 0) + 1) >= 0;
  }

  /** RFC 3986 3.1. */
  private static boolean isScheme(String scheme) {
    if (scheme.equals("https") || scheme.equals("http")) {
      return true;
    }
    for (int i = 0; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (i == 0 || !other)) {
        return false;
      }
    }
    return !scheme.isEmpty();
  }

  private static boolean isPath(String path, Method method) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return path.equals("*") && method.equals(Method.OPTIONS);
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '?' && !Octets.isTarget((byte) c)) {
        return false;
      }
    }
    return true;
  }

  /** RFC 9113 8.2.3: pairs that came on lines of their own are one value again. */
  private void joinCookies() {
    int first = fields.find(HeaderName.COOKIE, 0);
    if (first >= 0 && fields.find(HeaderName.COOKIE, first + 1) >= 0) {
      fields.set(HeaderName.COOKIE, String.join("; ", fields.all(HeaderName.COOKIE)));
    }
  }

  // ---- what it says

  @Override
  public Method method() {
    return method == null ? Method.GET : method;
  }

  /** The scheme that a client says it used, or the empty string. */
  public String scheme() {
    return scheme == null ? "" : scheme;
  }

  /** The protocol that extended CONNECT asks for (RFC 8441 4), or {@code null}. */
  public @Nullable String protocol() {
    return protocol;
  }

  @Override
  public String target() {
    return path == null ? authority() : path;
  }

  @Override
  public String path() {
    if (path == null) {
      return "";
    }
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  @Override
  public @Nullable String query() {
    if (path == null) {
      return null;
    }
    int query = path.indexOf('?');
    return query < 0 ? null : path.substring(query + 1);
  }

  @Override
  public String authority() {
    if (authority != null) {
      return authority;
    }
    var host = fields.get(HeaderName.HOST);
    return host == null ? "" : host;
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_2;
  }

  @Override
  public Headers headers() {
    return fields;
  }

  /** The length of the body in bytes; 0 if there is none, -1 if it is not known. */
  @Override
  public long contentLength() {
    return endsStream ? 0 : contentLength;
  }

  /** The length that Content-Length says, or -1. */
  long declaredLength() {
    return contentLength;
  }

  /** Whether nothing follows it. */
  public boolean endsStream() {
    return endsStream;
  }

  /** The status of a response. */
  public Status status() {
    var said = status;
    if (said == null) {
      throw new IllegalStateException("only a response has a status");
    }
    return said;
  }

  /** What the Priority field says (RFC 9218 5), or {@code null} if there is none. */
  @Nullable Priority priority() {
    var said = fields.get(HeaderName.PRIORITY);
    return said == null ? null : Priority.parse(said);
  }
}
