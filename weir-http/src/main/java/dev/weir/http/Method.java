package dev.weir.http;

import dev.weir.http.fields.Octets;
import java.util.List;

/**
 * A request method (RFC 9110 9): a token, compared with regard to case.
 *
 * <p>The registered methods have a constant each, and {@link #of} gives it, so that those compare
 * by reference; any other token is a method as well. Immutable, for any thread.
 */
public final class Method {
  public static final Method GET = new Method("GET", true, true);
  public static final Method HEAD = new Method("HEAD", true, true);
  public static final Method POST = new Method("POST", false, false);
  public static final Method PUT = new Method("PUT", false, true);
  public static final Method DELETE = new Method("DELETE", false, true);
  public static final Method CONNECT = new Method("CONNECT", false, false);
  public static final Method OPTIONS = new Method("OPTIONS", true, true);
  public static final Method TRACE = new Method("TRACE", true, true);
  public static final Method PATCH = new Method("PATCH", false, false);

  /** Every method that has a constant in this class. */
  public static final List<Method> WELL_KNOWN =
      List.of(GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH);

  private final String name;
  private final boolean safe;
  private final boolean idempotent;

  /** Whether it has a constant, so that no other instance equals it. */
  private final boolean wellKnown;

  private Method(String name, boolean safe, boolean idempotent) {
    this(name, safe, idempotent, true);
  }

  private Method(String name, boolean safe, boolean idempotent, boolean wellKnown) {
    this.name = name;
    this.wellKnown = wellKnown;
    this.safe = safe;
    this.idempotent = idempotent;
  }

  /**
   * The method of that name. One without a constant is taken as neither safe nor idempotent.
   *
   * @throws IllegalArgumentException if the text is not a token (RFC 9110 5.6.2)
   */
  public static Method of(String name) {
    for (var method : WELL_KNOWN) {
      if (method.name.equals(name)) {
        return method;
      }
    }
    if (!Octets.isToken(name)) {
      throw new IllegalArgumentException(
          "method " + Octets.quote(name) + " is not a token (RFC 9110 9.1)");
    }
    return new Method(name, false, false, false);
  }

  /** Whether a client that sends it asks for no change on the server (RFC 9110 9.2.1). */
  public boolean safe() {
    return safe;
  }

  /**
   * Whether sending it twice has the effect of once, so that it may be retried (RFC 9110 9.2.2).
   */
  public boolean idempotent() {
    return idempotent;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (!wellKnown && other instanceof Method that && name.equals(that.name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name as the request line carries it. */
  @Override
  public String toString() {
    return name;
  }
}
