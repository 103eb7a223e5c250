package dev.weir.http.client;

import dev.weir.http.Method;
import dev.weir.http.TargetUri;

/**
 * Which redirects a client follows (RFC 9110 15.4). Immutable.
 *
 * @param maxHops how many in a row; 0 follows none and hands the first answer to the caller
 * @param downgrade whether {@code https} may lead to {@code http}
 */
public record RedirectPolicy(int maxHops, boolean downgrade) {
  /** The default of {@link #maxHops}. */
  public static final int DEFAULT_MAX_HOPS = 10;

  /** Follows, but never from {@code https} to {@code http}. */
  public static final RedirectPolicy DEFAULT = new RedirectPolicy(DEFAULT_MAX_HOPS, false);

  /** Follows none. */
  public static final RedirectPolicy NONE = new RedirectPolicy(0, false);

  /** Checks that the number is not negative. */
  public RedirectPolicy {
    if (maxHops < 0) {
      throw new IllegalArgumentException("maxHops is " + maxHops + "; it must be at least 0");
    }
  }

  /** This policy with another number of hops. */
  public RedirectPolicy withMaxHops(int hops) {
    return new RedirectPolicy(hops, downgrade);
  }

  /** This policy, but following from {@code https} to {@code http} as well. */
  public RedirectPolicy allowingDowngrade() {
    return new RedirectPolicy(maxHops, true);
  }

  /** Begins to follow one request. */
  RedirectChain start(Method method, TargetUri target) {
    return new RedirectChain(this, method, target);
  }
}
