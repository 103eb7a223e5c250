package dev.weir.cli.page;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends the live connections to everybody who looks, each time that something changed.
 *
 * <p>The feed lives on the executor that it is given, which runs one task at a time in order: a
 * loop. Whoever owns it calls {@link #tick} every {@link #PERIOD}. Each snapshot is encoded once,
 * however many look; while nobody looks, none is taken. Every method may be called from any thread
 * and returns at once.
 */
public final class StatusFeed {

  /** Where the page asks for the feed. */
  public static final String PATH = "/ws/status";

  /** Time between two ticks. */
  public static final Duration PERIOD = Duration.ofMillis(250);

  private final Executor loop;
  private final Supplier<Status> source;
  private final LinkedHashSet<Viewer> viewers = new LinkedHashSet<>();
  private List<ConnectionStatus> last = List.of();

  /**
   * A feed that nobody looks at yet.
   *
   * @param loop runs the feed's work, one task at a time and in order
   * @param source takes a snapshot; called on the loop, must not block
   */
  public StatusFeed(Executor loop, Supplier<Status> source) {
    this.loop = loop;
    this.source = source;
  }

  /**
   * Lets somebody look, who is sent a snapshot at once and then every change.
   *
   * @param send sends one text message; called on the feed's loop, must not block and must not
   *     throw
   */
  public Viewer join(Consumer<String> send) {
    var viewer = new Viewer(send);
    loop.execute(() -> {
      viewers.add(viewer);
      send.accept(source.get().toJson());
    });
    return viewer;
  }

  /** Sends a snapshot to all who look, if something changed since the last one. */
  public void tick() {
    loop.execute(this::publish);
  }

  private void publish() {
    if (viewers.isEmpty()) {
      return;
    }
    Status status = source.get();
    List<ConnectionStatus> now = status.withoutClock();
    if (now.equals(last)) {
      return;
    }
    last = now;
    String message = status.toJson();
    viewers.forEach(viewer -> viewer.send.accept(message));
  }

  /** Somebody who looks at the feed. */
  public final class Viewer {
    private final Consumer<String> send;

    private Viewer(Consumer<String> send) {
      this.send = send;
    }

    /** Ends the looking. Leaving twice is leaving once. */
    public void leave() {
      loop.execute(() -> viewers.remove(this));
    }
  }
}
