package dev.weir.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Listener;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends from many threads over a real connection. */
@Timeout(60)
class SendQueueTest {

  private final Context context = Context.start();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CompletableFuture<SendQueue> opened = new CompletableFuture<>();
  private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void everythingFromEveryThreadArrivesInTheOrderOfThatThread() throws Exception {
    int threads = 8;
    int each = 20_000;
    try (Socket peer = peer(64 * 1024, 256 * 1024)) {
      SendQueue queue = opened.get(20, TimeUnit.SECONDS);
      List<Thread> senders = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        senders.add(Thread.ofPlatform().start(() -> sendAll(queue, thread, each)));
      }
      int[] next = new int[threads];
      DataInputStream in = new DataInputStream(peer.getInputStream());
      for (int n = 0; n < threads * each; n++) {
        int thread = in.readInt();
        assertEquals(next[thread]++, in.readInt());
      }
      for (Thread sender : senders) {
        sender.join();
      }
      queue.close();
      assertEquals(-1, in.read());
      assertEquals(0, queue.queued());
    }
  }

  @Test
  void pastTheLimitNothingIsTakenAndWhenItIsEmptyItTells() throws Exception {
    try (Socket peer = peer(1000, 100_000)) {
      SendQueue queue = opened.get(20, TimeUnit.SECONDS);
      CountDownLatch sent = new CountDownLatch(1);
      context.loop().execute(() -> await(sent));
      ByteBuffer piece = ByteBuffer.allocate(30_000);
      int taken = 0;
      while (queue.send(piece.clear())) {
        assertFalse(piece.hasRemaining());
        taken += 30_000;
      }
      assertEquals(30_000, piece.remaining(), "all of it or none");
      assertEquals(90_000, queue.queued());
      assertTrue(queue.isFull());
      assertEquals(1, drained.getCount());
      sent.countDown();
      assertEquals(taken, peer.getInputStream().readNBytes(taken).length);
      assertTrue(drained.await(20, TimeUnit.SECONDS));
      assertEquals(0, queue.queued());
      assertFalse(queue.isFull());
    }
  }

  @Test
  void closingWaitsForWhatIsQueued() throws Exception {
    try (Socket peer = peer(1000, 10_000_000)) {
      SendQueue queue = opened.get(20, TimeUnit.SECONDS);
      assertTrue(queue.send(ByteBuffer.allocate(9_000_000)));
      queue.close();
      assertFalse(queue.send(ByteBuffer.allocate(1)), "what comes after it is refused");
      assertEquals(9_000_000, peer.getInputStream().readAllBytes().length);
    }
  }

  @Test
  void whenTheStreamIsGoneSoIsWhatWasQueued() throws Exception {
    SendQueue queue;
    try (Socket peer = peer(1000, 10_000_000)) {
      assertTrue(peer.isConnected());
      queue = opened.get(20, TimeUnit.SECONDS);
      assertTrue(queue.send(ByteBuffer.allocate(9_000_000)));
    }
    assertTrue(closed.get(20, TimeUnit.SECONDS));
    assertEquals(0, queue.queued());
    assertFalse(queue.send(ByteBuffer.allocate(1)));
  }

  @Test
  void theDefaultLimitIsNamed() throws Exception {
    try (Socket peer = peer(1, SendQueue.LIMIT)) {
      assertTrue(peer.isConnected());
      SendQueue queue = opened.get(20, TimeUnit.SECONDS);
      assertFalse(queue.send(ByteBuffer.allocate(SendQueue.LIMIT + 1)));
      assertTrue(queue.send(ByteBuffer.allocate(0)));
    }
  }

  @Test
  void marksThatDoNotFitAreRefused() throws Exception {
    try (Socket peer = peer(1, 1)) {
      assertTrue(peer.isConnected());
      assertThrows(IllegalArgumentException.class, () -> new SendQueue(null, 0, 1, () -> {}));
      assertThrows(IllegalArgumentException.class, () -> new SendQueue(null, 2, 1, () -> {}));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sendAll(SendQueue queue, int thread, int count) {
    for (int n = 0; n < count; n++) {
      ByteBuffer message = ByteBuffer.allocate(8).putInt(thread).putInt(n).flip();
      while (!queue.send(message)) {
        LockSupport.parkNanos(10_000);
      }
    }
  }

  private Socket peer(int highWater, int limit) throws IOException {
    Listener listener =
        context.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            stream -> new Queued(new SendQueue(stream, highWater, limit, drained::countDown)));
    return new Socket(InetAddress.getLoopbackAddress(), listener.port());
  }

  private final class Queued implements StreamHandler {
    private final SendQueue queue;

    Queued(SendQueue queue) {
      this.queue = queue;
    }

    @Override
    public void opened(ByteStream stream) {
      opened.complete(queue);
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {}

    @Override
    public void writable(ByteStream stream) {
      queue.writable();
    }

    @Override
    public void closed(ByteStream stream, @Nullable WeirException problem) {
      queue.closed();
      closed.complete(true);
    }
  }
}
