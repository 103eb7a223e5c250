package dev.weir.http.client;

import dev.weir.http.Origin;
import dev.weir.http.TargetUri;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the cookies that servers set, and gives them back (RFC 6265), in memory. Any thread may use
 * a jar; several clients may share one.
 *
 * <p>A server sets cookies for its own host or a domain above it, but never for an IP address's
 * parts or a name without a dot, such as {@code com}. Suffixes like {@code co.uk}, under which
 * strangers register, are only known from a list that changes every week; a user who needs it gives
 * it to the constructor.
 *
 * <p>As browsers do, a jar refuses from a connection without TLS whatever is marked Secure or would
 * replace such a cookie, and names that begin with {@code __Secure-} or {@code __Host-} without
 * what they promise. SameSite is about pages that ask for other pages, which this client has not.
 */
public final class CookieJar {
  /** How many cookies one domain may have; past it, those that were set first go. */
  public static final int MAX_COOKIES_PER_DOMAIN = 50;

  /** How many cookies a jar holds; past it, those that were set first go. */
  public static final int MAX_COOKIES = 3000;

  /** How long a cookie is kept, whatever the server asks for. */
  public static final Duration MAX_AGE = Duration.ofDays(400);

  private final Predicate<String> publicSuffix;

  /** In the order of the latest setting. */
  private final Map<Cookie.Key, Cookie> cookies = new LinkedHashMap<>();

  private long order;

  /** An empty jar. */
  public CookieJar() {
    this(domain -> false);
  }

  /**
   * An empty jar that knows public suffixes.
   *
   * @param publicSuffix whether strangers register names below this domain, given in lower case, as
   *     below {@code co.uk}; called by any thread
   */
  public CookieJar(Predicate<String> publicSuffix) {
    this.publicSuffix = publicSuffix;
  }

  /**
   * Takes the cookies of a response; those that break a rule are ignored.
   *
   * @param target of the request
   * @param setCookie the values of its Set-Cookie fields
   */
  public synchronized void store(TargetUri target, List<String> setCookie, Instant now) {
    for (String field : setCookie) {
      SetCookie read = SetCookie.parse(field, now);
      Cookie cookie = read == null ? null : admit(target, read, now);
      if (cookie != null) {
        put(cookie, now);
      }
    }
  }

  /**
   * What to send with a request: the value of its Cookie field (RFC 6265 5.4), cookies of longer
   * paths first, then those that were first set first; null if there are none.
   */
  public synchronized @Nullable String cookies(TargetUri target, Instant now) {
    String field =
        cookies.values().stream()
            .filter(cookie -> cookie.isFor(target, now))
            .sorted(
                Comparator.comparingInt((Cookie cookie) -> cookie.path().length())
                    .reversed()
                    .thenComparingLong(Cookie::order))
            .map(cookie -> cookie.name() + '=' + cookie.value())
            .collect(Collectors.joining("; "));
    return field.isEmpty() ? null : field;
  }

  /** How many cookies there are, expired ones included until something is stored. */
  public synchronized int size() {
    return cookies.size();
  }

  /** Forgets everything. */
  public synchronized void clear() {
    cookies.clear();
  }

  /** The cookie as it is to be kept, or null if this server may not set it (RFC 6265 5.3). */
  private @Nullable Cookie admit(TargetUri target, SetCookie set, Instant now) {
    Origin origin = target.origin();
    String domain = domainOf(origin, set.domain());
    boolean lacksTls = set.secure() && !origin.secure();
    boolean lacksSecure = set.crossSiteAsked() && !set.secure();
    if (domain == null || lacksTls || lacksSecure || !keepsPromise(set)) {
      return null;
    }
    Instant latest = now.plus(MAX_AGE);
    Instant expires = set.expires() == null ? Instant.MAX : set.expires();
    var cookie =
        new Cookie(
            set.name(),
            set.value(),
            domain,
            set.domain() == null || isTooWide(origin, domain),
            set.path() == null ? Cookie.defaultPath(target.path()) : set.path(),
            set.expires() != null && expires.isAfter(latest) ? latest : expires,
            set.secure(),
            set.httpOnly(),
            order++);
    return origin.secure() || !hidesSecureCookie(cookie) ? cookie : null;
  }

  /**
   * The domain that a cookie is for, or null if it is not this server's to set. A host that is a
   * public suffix itself may name itself, for itself alone (RFC 6265 5.3, step 5).
   */
  private @Nullable String domainOf(Origin origin, @Nullable String asked) {
    if (asked == null || asked.equals(origin.host())) {
      return origin.host();
    }
    return Cookie.domainMatches(origin.host(), asked) && !isTooWide(origin, asked) ? asked : null;
  }

  /** Whether a domain holds hosts that have nothing to do with each other. */
  private boolean isTooWide(Origin origin, String domain) {
    return origin.hasAddress() || domain.indexOf('.') < 0 || publicSuffix.test(domain);
  }

  /** The names by which a server can tell who set a cookie (RFC 6265bis 4.1.3). */
  private static boolean keepsPromise(SetCookie set) {
    String name = set.name().toLowerCase(Locale.ROOT);
    if (name.startsWith("__host-")) {
      return set.secure() && set.domain() == null && "/".equals(set.path());
    }
    return !name.startsWith("__secure-") || set.secure();
  }

  /** Whether it would stand in for a cookie that only TLS may set (RFC 6265bis 5.7). */
  private boolean hidesSecureCookie(Cookie cookie) {
    return cookies.values().stream()
        .anyMatch(other ->
            other.secure()
                && other.name().equals(cookie.name())
                && (Cookie.domainMatches(other.domain(), cookie.domain())
                    || Cookie.domainMatches(cookie.domain(), other.domain()))
                && Cookie.pathMatches(cookie.path(), other.path()));
  }

  private void put(Cookie cookie, Instant now) {
    cookies.values().removeIf(old -> !now.isBefore(old.expires()));
    Cookie before = cookies.remove(cookie.key());
    if (!now.isBefore(cookie.expires())) {
      return;
    }
    cookies.put(cookie.key(), before == null ? cookie : cookie.inPlaceOf(before));
    evict(cookie.domain());
  }

  private void evict(String domain) {
    long ofDomain =
        cookies.values().stream().filter(cookie -> cookie.domain().equals(domain)).count();
    if (ofDomain > MAX_COOKIES_PER_DOMAIN) {
      removeOldest(cookie -> cookie.domain().equals(domain));
    }
    if (cookies.size() > MAX_COOKIES) {
      removeOldest(cookie -> true);
    }
  }

  private void removeOldest(Predicate<Cookie> which) {
    var each = cookies.values().iterator();
    while (each.hasNext()) {
      if (which.test(each.next())) {
        each.remove();
        return;
      }
    }
  }
}
