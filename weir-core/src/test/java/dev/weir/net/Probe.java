package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handler that takes everything and remembers what it was told, for tests on other threads. */
class Probe implements StreamHandler {

  static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  final CompletableFuture<ByteStream> opened = new CompletableFuture<>();
  final CompletableFuture<String> ended = new CompletableFuture<>();
  final CompletableFuture<Optional<WeirException>> closed = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  @Override
  public void opened(ByteStream stream) {
    opened.complete(stream);
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    received.writeBytes(copy);
  }

  /** Answers the peer's end with ours. */
  @Override
  public void ended(ByteStream stream) {
    ended.complete(text());
    stream.close();
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    opened.completeExceptionally(new AssertionError("closed before it was opened", problem));
    ended.completeExceptionally(new AssertionError("closed before the peer ended", problem));
    closed.complete(Optional.ofNullable(problem));
  }

  /** What has come so far. Loop thread, or after {@link #closed}. */
  String text() {
    return received.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  byte[] bytes() {
    return received.toByteArray();
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /** Runs {@code task} on the loop and waits for its result. */
  static <T> T on(Loop loop, Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(() -> {
      try {
        result.complete(task.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return get(result);
  }
}
