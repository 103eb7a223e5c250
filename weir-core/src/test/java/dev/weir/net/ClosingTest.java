package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static dev.weir.net.Probe.on;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.stream.ByteStream;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orderly closing on real sockets, with a clock that leaps over the time it may take. */
@Timeout(60)
class ClosingTest {

  private LeapingPoller poller;
  private ExecutorService workers;
  private Loop loop;
  private Context context;

  @BeforeEach
  void start() throws IOException {
    poller = new LeapingPoller();
    workers = Executors.newCachedThreadPool();
    loop = new Loop(poller, workers);
    Thread.ofPlatform().daemon().name("leaping").start(loop::run);
    context = Context.on(List.of(loop), workers, Resolver.SYSTEM);
  }

  @AfterEach
  void stop() throws Exception {
    get(context.shutdown(Duration.ZERO));
    loop.stop();
    workers.shutdown();
  }

  @Test
  void whatTheSystemHasTakenArrivesHoweverLongThePeerNeeds() throws Exception {
    byte[] sent = random(150_000);
    Writer writer = new Writer(sent);
    try (Socket peer = slowPeer(writer, 1 << 20)) {
      ByteStream stream = get(writer.opened);
      while (on(loop, stream::hasUnsent)) {
        Thread.onSpinWait();
      }
      poller.leap(Duration.ofSeconds(3));
      assertEquals(Optional.empty(), get(writer.closed));
      assertArrayEquals(sent, peer.getInputStream().readAllBytes());
    }
  }

  @Test
  void aPeerThatTakesNothingIsCut() throws Exception {
    Probe writer =
        new Probe() {
          @Override
          public void opened(ByteStream stream) {
            while (stream.write(ByteBuffer.allocate(5_000)) > 0) {
              stream.flush();
            }
            stream.close();
            super.opened(stream);
          }
        };
    try (Socket peer = slowPeer(writer, 4096)) {
      assertTrue(on(get(writer.opened).loop(), get(writer.opened)::hasUnsent));
      poller.leap(Duration.ofSeconds(3));
      assertInstanceOf(StreamException.TimedOut.class, get(writer.closed).orElseThrow());
      InputStream in = peer.getInputStream();
      assertTrue(endsInReset(in));
    }
  }

  @Test
  void aFileThatIsSentWhileClosingTakesAsLongAsThePeerTakesBytes(@TempDir Path directory)
      throws Exception {
    byte[] content = random(3_000_000);
    Path path = Files.write(directory.resolve("file"), content);
    try (FileChannel file = FileChannel.open(path)) {
      FileSender probe = new FileSender(file, content.length);
      try (Socket peer = slowPeer(probe, 65_536)) {
        ByteStream stream = get(probe.opened);
        InputStream in = peer.getInputStream();
        byte[] got = new byte[content.length];
        for (int at = 0; at < got.length; at += 500_000) {
          long before = stream.carrier().bytesOut();
          assertEquals(500_000, in.readNBytes(got, at, 500_000));
          while (!probe.sent.isDone() && stream.carrier().bytesOut() == before) {
            on(loop, () -> null);
          }
          poller.leap(Duration.ofMillis(1500));
          on(loop, () -> null);
        }
        assertEquals(-1, in.read());
        assertArrayEquals(content, got);
      }
      assertEquals(content.length, get(probe.sent));
      assertNull(probe.problem);
      assertEquals(Optional.empty(), get(probe.closed));
    }
  }

  @Test
  void whatAWorkerHasSentBehindTheEndSetsNoTimer(@TempDir Path directory) throws Exception {
    Path path = Files.write(directory.resolve("file"), random(100));
    BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    Loop alone = new Loop(new LeapingPoller(), work::add);
    Thread.ofPlatform().daemon().start(alone::run);
    context = Context.on(List.of(alone), workers, Resolver.SYSTEM);
    try (FileChannel file = FileChannel.open(path)) {
      FileSender probe = new FileSender(file, 100);
      try (Socket peer = slowPeer(probe, 65_536)) {
        Runnable transfer = work.take();
        ByteStream stream = get(probe.opened);
        on(
            alone,
            () -> {
              transfer.run();
              stream.reset(0);
              return null;
            });
        assertEquals(100, get(probe.sent));
        assertEquals(0, on(alone, alone::timers));
        assertTrue(peer.isConnected());
      }
    }
    get(context.shutdown(Duration.ZERO));
    alone.stop();
  }

  // ---- what the tests share

  /** Sends a file and closes. */
  private static final class FileSender extends Probe {
    final CompletableFuture<Long> sent = new CompletableFuture<>();
    volatile @Nullable Exception problem;
    private final FileRegion region;

    FileSender(FileChannel file, int length) {
      region = new FileRegion(file, 0, length);
    }

    @Override
    public void opened(ByteStream stream) {
      assertTrue(
          stream.transfer(
              region,
              (count, why) -> {
                problem = why;
                sent.complete(count);
              }));
      stream.close();
      super.opened(stream);
    }
  }

  /** Writes an array and closes. */
  private static final class Writer extends Probe {
    private final ByteBuffer toSend;

    Writer(byte[] bytes) {
      toSend = ByteBuffer.wrap(bytes);
    }

    @Override
    public void opened(ByteStream stream) {
      writable(stream);
      super.opened(stream);
    }

    @Override
    public void writable(ByteStream stream) {
      stream.write(toSend);
      if (toSend.hasRemaining()) {
        stream.wantWritable();
      } else {
        stream.close();
      }
    }
  }

  /** A peer whose system takes little by itself. */
  private Socket slowPeer(StreamHandler handler, int sendBuffer) throws IOException {
    ListenOptions options =
        new ListenOptions(
            16, ListenOptions.Balance.HAND_OFF, SocketOptions.DEFAULT.withBuffers(sendBuffer, 0));
    Listener listener = context.listen(ANY, options, stream -> handler);
    Socket peer = new Socket();
    peer.setReceiveBufferSize(4096);
    peer.connect(new InetSocketAddress(ANY.getAddress(), listener.port()));
    return peer;
  }

  private static boolean endsInReset(InputStream in) throws IOException {
    try {
      in.readAllBytes();
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
