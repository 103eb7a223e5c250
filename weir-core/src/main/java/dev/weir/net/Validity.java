package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether the peer is known to be alive: one notion of it for every role that has a ping. A
 * connection on which nothing has proven that for some time pings, and hangs up if that is not
 * answered. Proof costs a field write, however often it comes; the timer is looked at again when
 * its time has come.
 *
 * <p>Loop thread.
 */
public final class Validity {

  /** Who can ping, and hang up. Both are called on the loop. */
  public interface Peer {

    /** Asks the peer for a sign of life; {@link Validity#pong} when it has come. */
    void ping();

    /** The peer has given none: ends the connection. */
    void hangUp();
  }

  /**
   * When to ping and when to hang up.
   *
   * @param pingAfter how long the last proof is good for
   * @param hangUpAfter how long after the last proof it is over; longer than {@code pingAfter}
   */
  public record Policy(Duration pingAfter, Duration hangUpAfter) {

    /** A ping after five minutes, ten seconds for the answer. */
    public static final Policy DEFAULT = new Policy(Duration.ofMinutes(5), Duration.ofSeconds(310));

    /** Checks that there is time for an answer. */
    public Policy {
      if (!pingAfter.isPositive() || hangUpAfter.compareTo(pingAfter) <= 0) {
        throw new IllegalArgumentException(
            "a ping after " + pingAfter + " has no time to be answered by " + hangUpAfter);
      }
    }
  }

  private static final long NONE = Long.MIN_VALUE;

  private final Loop loop;
  private final Peer peer;
  private final long pingAfter;
  private final long hangUpAfter;
  private final Timer timer;
  private final RoundTrip roundTrip = new RoundTrip();
  private long proven;

  /** When the ping left that has not been answered yet, or {@link #NONE}. */
  private long pinged = NONE;

  /** Whether the present silence has had its ping. */
  private boolean asked;

  /** Knows nothing before {@link #start}. */
  public Validity(Loop loop, Policy policy, Peer peer) {
    this.loop = loop;
    this.peer = peer;
    this.pingAfter = TimeUnit.NANOSECONDS.convert(policy.pingAfter());
    this.hangUpAfter = TimeUnit.NANOSECONDS.convert(policy.hangUpAfter());
    this.timer = loop.timer(this::look);
  }

  /** The connection is there, which proves that the peer is. */
  public void start() {
    asked = false;
    proven = loop.now();
    timer.after(pingAfter);
  }

  /** The connection is over. */
  public void stop() {
    asked = false;
    timer.cancel();
  }

  /**
   * The peer has said something that it can only say if it is alive and hears us.
   *
   * @param now the loop's clock
   */
  public void confirmed(long now) {
    proven = now;
    if (asked) {
      asked = false;
      timer.after(pingAfter);
    }
  }

  /**
   * When the ping left that has not been answered yet, by the loop's clock, for the ping to carry
   * and its answer to be known by; meaningless when none is under way.
   */
  public long pingedAt() {
    return pinged;
  }

  /**
   * The ping was answered.
   *
   * @param now the loop's clock
   */
  public void pong(long now) {
    if (pinged != NONE) {
      roundTrip.measured(now - pinged);
      pinged = NONE;
    }
    confirmed(now);
  }

  /** How long pings have taken. */
  public RoundTrip roundTrip() {
    return roundTrip;
  }

  private void look() {
    long silent = loop.now() - proven;
    if (silent < pingAfter) {
      timer.after(pingAfter - silent);
    } else if (asked) {
      peer.hangUp();
    } else {
      asked = true;
      pinged = loop.now();
      timer.after(hangUpAfter - pingAfter);
      peer.ping();
    }
  }
}
