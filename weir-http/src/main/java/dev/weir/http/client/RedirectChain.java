package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.TargetUri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way from redirect to redirect. Belongs to one thread. */
final class RedirectChain {
  /**
   * How often one target may be asked by one method. Twice is no loop yet: the first answer may
   * have set the cookie that the second one wanted.
   */
  static final int MAX_VISITS = 2;

  /** About the content, and so gone with it (RFC 9110 15.4). */
  private static final List<HeaderName> CONTENT_FIELDS =
      List.of(
          HeaderName.CONTENT_ENCODING,
          HeaderName.CONTENT_LANGUAGE,
          HeaderName.CONTENT_LENGTH,
          HeaderName.CONTENT_LOCATION,
          HeaderName.CONTENT_TYPE,
          HeaderName.EXPECT,
          HeaderName.TRAILER,
          HeaderName.TRANSFER_ENCODING);

  /** For the eyes of one origin (RFC 9110 15.4). */
  private static final List<HeaderName> CREDENTIAL_FIELDS =
      List.of(
          HeaderName.AUTHORIZATION,
          HeaderName.COOKIE,
          HeaderName.PROXY_AUTHORIZATION,
          HeaderName.ORIGIN);

  /** What to do with a response. */
  sealed interface Decision {
    /** Hand it to the caller: it is no redirect, or none is wanted. */
    record Deliver() implements Decision {}

    /**
     * Send another request.
     *
     * @param content whether it has the content of the one before, which so must be sent again
     * @param credentials whether the target may see what the caller gave for the first origin
     */
    record Follow(Method method, TargetUri target, boolean content, boolean credentials)
        implements Decision {

      /** The fields of the next request: those of the first but for what does not fit any more. */
      Headers fields(Headers first) {
        Headers fields = first.copy().remove(HeaderName.HOST);
        if (!content) {
          CONTENT_FIELDS.forEach(fields::remove);
        }
        if (!credentials) {
          CREDENTIAL_FIELDS.forEach(fields::remove);
        }
        return fields;
      }
    }

    /** Fail: to follow would be wrong. */
    record Refuse(String reason) implements Decision {}
  }

  private record Visit(Method method, TargetUri target) {}

  private final RedirectPolicy policy;

  /** Made for the first redirect. */
  private @Nullable Map<Visit, Integer> visits;

  private Method method;
  private TargetUri target;
  private boolean content = true;
  private boolean credentials = true;
  private int hops;

  RedirectChain(RedirectPolicy policy, Method method, TargetUri target) {
    this.policy = policy;
    this.method = method;
    this.target = target;
  }

  /** How many redirects were followed so far. */
  int hops() {
    return hops;
  }

  /**
   * Judges a response to the latest request.
   *
   * @param location the Location field
   */
  Decision next(Status status, @Nullable String location) {
    if (!isRedirect(status) || location == null || policy.maxHops() == 0) {
      return new Decision.Deliver();
    }
    if (hops == policy.maxHops()) {
      return new Decision.Refuse("more than " + policy.maxHops() + " redirects in a row");
    }
    TargetUri next;
    try {
      next = target.resolve(location);
    } catch (IllegalArgumentException e) {
      return new Decision.Refuse("Location leads nowhere: " + e.getMessage());
    }
    if (target.origin().secure() && !next.origin().secure() && !policy.downgrade()) {
      return new Decision.Refuse(
          "from " + target.origin() + " to " + next.origin() + ", which has no TLS");
    }
    Map<Visit, Integer> seen = visits();
    changeMethod(status);
    credentials &= next.origin().equals(target.origin());
    target = next;
    hops++;
    if (seen.merge(new Visit(method, target), 1, Integer::sum) > MAX_VISITS) {
      return new Decision.Refuse("round in a circle, by " + target);
    }
    return new Decision.Follow(method, target, content, credentials);
  }

  private Map<Visit, Integer> visits() {
    Map<Visit, Integer> seen = visits;
    if (seen == null) {
      seen = new HashMap<>();
      seen.put(new Visit(method, target), 1);
      visits = seen;
    }
    return seen;
  }

  /** 300 is for the user to choose from; 304 is none, 305 and 306 are of the past. */
  private static boolean isRedirect(Status status) {
    return switch (status.code()) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** RFC 9110 15.4.2 to 15.4.4, as all clients have it: 307 and 308 were made to differ. */
  private void changeMethod(Status status) {
    boolean toGet =
        switch (status.code()) {
          case 301, 302 -> method.equals(Method.POST);
          case 303 -> !method.equals(Method.GET) && !method.equals(Method.HEAD);
          default -> false;
        };
    if (toGet) {
      method = Method.GET;
      content = false;
    }
  }
}
