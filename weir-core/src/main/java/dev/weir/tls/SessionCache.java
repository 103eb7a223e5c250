package dev.weir.tls;

import java.time.Duration;

/**
 * How many sessions a context remembers for resumption, and for how long. A server whose library
 * keeps its sessions in tickets stores none; the lifetime bounds its tickets too.
 *
 * @param size most sessions remembered; the oldest are forgotten first
 * @param lifetime how long after its full handshake a session may be resumed; at most the seven
 *     days of RFC 8446 4.6.1
 */
public record SessionCache(int size, Duration lifetime) {
  /** The default size: a thousand sessions take a few megabytes. */
  public static final int DEFAULT_SIZE = 1024;

  /** The default lifetime. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(12);

  private static final Duration MAX_LIFETIME = Duration.ofDays(7);

  /** The default size and lifetime. */
  public static final SessionCache STANDARD = new SessionCache(DEFAULT_SIZE, DEFAULT_LIFETIME);

  /** Checks the ranges. */
  public SessionCache {
    if (size < 1) {
      throw new IllegalArgumentException("session cache size " + size + " is not positive");
    }
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException(
          "session lifetime " + lifetime + " is not between one second and seven days");
    }
  }
}
