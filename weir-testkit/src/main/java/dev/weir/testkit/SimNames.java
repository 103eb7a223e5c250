package dev.weir.testkit;

import dev.weir.loop.Loop;
import dev.weir.net.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a simulated network. Every host is known by its name, IPv6 address first; what is
 * said here of a name goes before that. Used on the network's thread.
 */
public final class SimNames {

  private static final Duration QUICK = Duration.ofMillis(2);

  private final SimNetwork network;
  private final Map<String, Answer> answers = new HashMap<>();

  SimNames(SimNetwork network) {
    this.network = network;
  }

  /** Has {@code name} mean these addresses, in this order. */
  public void answer(String name, InetAddress... addresses) {
    answer(name, QUICK, addresses);
  }

  /** Has {@code name} mean these addresses, in this order, and the answer take this long. */
  public void answer(String name, Duration delay, InetAddress... addresses) {
    answers.put(name, new Answer(delay, List.of(addresses)));
  }

  /** Has nobody ever answer for {@code name}. */
  public void silent(String name) {
    answers.put(name, new Answer(null, List.of()));
  }

  /** Has {@code name} not exist. */
  public void missing(String name) {
    answers.put(name, new Answer(QUICK, List.of()));
  }

  /** Asks these names; for {@link dev.weir.net.Context#on}. */
  public Resolver resolver() {
    return this::resolve;
  }

  private void resolve(Loop loop, String name, Loop.Outcome<List<InetAddress>> found) {
    Answer answer = answers.getOrDefault(name, usual(name));
    Duration delay = answer.delay;
    if (delay != null) {
      network.after(delay, () -> loop.execute(() -> tell(name, answer.addresses, found)));
    }
  }

  private static void tell(
      String name, List<InetAddress> addresses, Loop.Outcome<List<InetAddress>> found) {
    if (addresses.isEmpty()) {
      found.done(null, new UnknownHostException(name));
    } else {
      found.done(addresses, null);
    }
  }

  private Answer usual(String name) {
    SimHost host = network.hostNamed(name);
    if (host != null) {
      return new Answer(QUICK, List.of(host.ip6(), host.ip4()));
    }
    try {
      return new Answer(Duration.ZERO, List.of(InetAddress.ofLiteral(name)));
    } catch (IllegalArgumentException e) {
      return new Answer(QUICK, List.of());
    }
  }

  /**
   * What is said of a name.
   *
   * @param delay {@code null} for never
   */
  private record Answer(@Nullable Duration delay, List<InetAddress> addresses) {}
}
