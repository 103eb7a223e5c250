package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.Method;
import dev.weir.http.fields.Authority;
import dev.weir.http.fields.Octets;
import dev.weir.http.h1.RequestHead.TargetForm;

/** Reads a request target and tells its four forms apart (RFC 9112 3.2). */
final class RequestTarget {
  private RequestTarget() {}

  /**
   * Notes in the head, whose method is set, where the target and its parts lie.
   *
   * @return the offset of the first byte behind the target
   */
  static int read(byte[] bytes, int from, RequestHead head) {
    int pathTo = from;
    while (Octets.isTarget(bytes[pathTo])) {
      pathTo++;
    }
    int to = pathTo;
    while (Octets.isTarget(bytes[to]) || bytes[to] == '?') {
      to++;
    }
    head.targetFrom = from;
    head.targetTo = to;
    head.authorityFrom = 0;
    head.authorityTo = 0;
    head.pathFrom = from;
    head.pathTo = pathTo;
    head.form = form(bytes, head);
    return to;
  }

  private static TargetForm form(byte[] bytes, RequestHead head) {
    int from = head.targetFrom;
    int to = head.targetTo;
    if (head.method.equals(Method.CONNECT)) {
      return authorityForm(bytes, head);
    }
    if (from < to && bytes[from] == '/') {
      return TargetForm.ORIGIN;
    }
    if (to - from == 1 && bytes[from] == '*') {
      if (!head.method.equals(Method.OPTIONS)) {
        throw malformed(bytes, head, "RFC 9112 3.2.4", "a path; * is for OPTIONS alone");
      }
      return TargetForm.ASTERISK;
    }
    return absoluteForm(bytes, head);
  }

  /** RFC 9112 3.2.3: host and port; there is no default port for a tunnel (RFC 9110 9.3.6). */
  private static TargetForm authorityForm(byte[] bytes, RequestHead head) {
    if (!Authority.isHostAndPort(bytes, head.targetFrom, head.targetTo)) {
      throw malformed(bytes, head, "RFC 9112 3.2.3", "host:port");
    }
    head.authorityFrom = head.targetFrom;
    head.authorityTo = head.targetTo;
    head.pathFrom = head.targetTo;
    head.pathTo = head.targetTo;
    return TargetForm.AUTHORITY;
  }

  /** RFC 9112 3.2.2: scheme, {@code ://}, authority, and what origin-form has. */
  private static TargetForm absoluteForm(byte[] bytes, RequestHead head) {
    int from = head.targetFrom;
    int colon = from;
    while (colon < head.pathTo && Octets.isScheme(bytes[colon])) {
      colon++;
    }
    int authorityFrom = colon + 3;
    if (!Octets.isAlpha(bytes[from])
        || authorityFrom > head.pathTo
        || bytes[colon] != ':'
        || bytes[colon + 1] != '/'
        || bytes[colon + 2] != '/') {
      throw malformed(bytes, head, "RFC 9112 3.2", "a path, or a URI of scheme://host");
    }
    int authorityTo = authorityFrom;
    while (authorityTo < head.pathTo && bytes[authorityTo] != '/') {
      authorityTo++;
    }
    if (!Authority.isValid(bytes, authorityFrom, authorityTo)) {
      throw malformed(bytes, head, "RFC 9110 4.2", "host, or host:port, without user information");
    }
    head.authorityFrom = authorityFrom;
    head.authorityTo = authorityTo;
    head.pathFrom = authorityTo;
    return TargetForm.ABSOLUTE;
  }

  private static HttpError malformed(
      byte[] bytes, RequestHead head, String section, String expected) {
    return Role.SERVER.malformed(
        section,
        "target " + Octets.quote(bytes, head.targetFrom, head.targetTo),
        expected,
        "correct the request target");
  }
}
