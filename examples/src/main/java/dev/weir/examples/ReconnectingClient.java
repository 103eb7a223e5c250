package dev.weir.examples;

import dev.weir.net.Backoff;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Validity;
import dev.weir.raw.Lines;
import dev.weir.stream.ByteStream;
import dev.weir.stream.WeirException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears a server's lines for ever: asks whether it lives when it is silent, hangs up if it does not
 * say so, and comes back later and later, with some chance so that not all come at once.
 */
public final class ReconnectingClient extends Lines implements Validity.Peer {

  private static final Backoff BACKOFF =
      Backoff.exponential(Duration.ofMillis(50), Duration.ofSeconds(30)).withTries(100);
  private static final Validity.Policy LIVELY =
      new Validity.Policy(Duration.ofSeconds(20), Duration.ofSeconds(30));

  private final Context context;
  private final Endpoint server;
  private final Consumer<String> lines;
  private int failures;
  private @Nullable ByteStream connection;
  private @Nullable Validity validity;

  private ReconnectingClient(Context context, Endpoint server, Consumer<String> lines) {
    this.context = context;
    this.server = server;
    this.lines = lines;
  }

  /** Connects, again and again until the context is shut down. */
  public static void start(Context context, Endpoint server, Consumer<String> lines) {
    context.connect(server, new ReconnectingClient(context, server, lines));
  }

  @Override
  public void opened(ByteStream stream) {
    failures = 0;
    connection = stream;
    Validity proof = new Validity(stream.loop(), LIVELY, this);
    proof.start();
    validity = proof;
  }

  @Override
  protected void line(ByteStream stream, String line) {
    if (validity != null) {
      validity.confirmed(stream.loop().now());
    }
    lines.accept(line);
  }

  @Override
  public void ping() {
    if (connection != null) {
      connection.write(StandardCharsets.UTF_8.encode("are you there?\n"));
    }
  }

  @Override
  public void hangUp() {
    if (connection != null) {
      connection.reset(-1);
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    if (validity != null) {
      validity.stop();
    }
    Duration wait = BACKOFF.delay(++failures, null, ThreadLocalRandom.current());
    if (wait != null) {
      stream.loop().schedule(wait, () -> context.connect(server, this));
    }
  }

  /** Prints what the host and port that are given say. */
  public static void main(String[] args) {
    try (Context context = Context.start()) {
      start(context, Endpoint.tcp(args[0], Integer.parseInt(args[1])), System.out::println);
      context.ended().join();
    }
  }
}
