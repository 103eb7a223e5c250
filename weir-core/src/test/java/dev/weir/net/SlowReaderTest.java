package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static dev.weir.net.Probe.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.stream.ByteStream;
import dev.weir.stream.FileRegion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of 50 MB to peers that take their time: it waits on the disk, not in memory. */
@Timeout(120)
class SlowReaderTest {

  private static final int LENGTH = 50_000_000;

  /** What two systems' socket buffers hold at most; Linux doubles what is asked for. */
  private static final int SEND_BUFFER = 128 * 1024;

  private static final long UNREAD = 1 << 20;

  private final Context context = Context.start();

  @TempDir private Path directory;
  private FileChannel file;
  private long sum;

  @BeforeEach
  void fill() throws IOException {
    Path path = directory.resolve("file");
    byte[] piece = new byte[1_000_000];
    new Random(3).nextBytes(piece);
    CRC32 crc = new CRC32();
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int n = 0; n < LENGTH; n += piece.length) {
        piece[n / piece.length]++;
        crc.update(piece);
        out.write(piece);
      }
    }
    sum = crc.getValue();
    file = context.loop().poller().sockets().file(path);
  }

  @AfterEach
  void close() throws IOException {
    context.close();
    file.close();
  }

  /** Sends the file and closes. */
  private final class Sender extends Probe {
    final CompletableFuture<Long> sent = new CompletableFuture<>();

    @Override
    public void opened(ByteStream stream) {
      boolean taken =
          stream.transfer(
              new FileRegion(file, 0, LENGTH),
              (count, problem) -> {
                assertNull(problem);
                sent.complete(count);
              });
      assertTrue(taken);
      stream.close();
      super.opened(stream);
    }
  }

  @Test
  void noMoreLeavesThanThePeerTakes(TestReporter reporter) throws Exception {
    Sender sender = new Sender();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Socket peer = slowPeer(sender)) {
      ByteStream stream = get(sender.opened);
      InputStream in = peer.getInputStream();
      CRC32 crc = new CRC32();
      byte[] piece = new byte[100_000];
      long ahead = 0;
      long direct = directBytes();
      long mine = threads.getCurrentThreadAllocatedBytes();
      long allocated = threads.getTotalThreadAllocatedBytes();
      for (int read = 0; read < LENGTH; read += piece.length) {
        assertEquals(piece.length, in.readNBytes(piece, 0, piece.length));
        crc.update(piece);
        ahead = Math.max(ahead, stream.carrier().bytesOut() - read);
      }
      allocated = threads.getTotalThreadAllocatedBytes() - allocated;
      mine = threads.getCurrentThreadAllocatedBytes() - mine;
      direct = directBytes() - direct;
      assertEquals(-1, in.read());
      assertEquals(sum, crc.getValue());
      assertEquals(LENGTH, get(sender.sent));
      reporter.publishEntry(
          Map.of(
              "most that had left and was not read", ahead + " bytes",
              "heap allocated by loop and workers meanwhile", (allocated - mine) + " bytes",
              "direct memory more than before", direct + " bytes"));
      assertTrue(ahead < UNREAD, ahead + " bytes were ahead of the reader");
      assertTrue(allocated - mine < 8 << 20, allocated - mine + " bytes were allocated");
      assertTrue(direct < 1 << 20, direct + " bytes outside of the heap");
    }
  }

  /** More than there are workers: none of them waits for a peer. */
  @Test
  void peersThatTakeNothingHoldNoWorkerAndNoBuffer() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int n = 0; n < 20; n++) {
        Sender sender = new Sender();
        stalled.add(slowPeer(sender));
        get(sender.opened);
        // The first bytes have left; when the system takes no more the worker is free again.
        assertTrue(stalled.getLast().getInputStream().read() >= 0);
      }
      Sender sender = new Sender();
      try (Socket peer = slowPeer(sender)) {
        InputStream in = peer.getInputStream();
        in.skipNBytes(LENGTH);
        assertEquals(-1, in.read());
      }
      assertEquals(0, on(context.loop(), () -> context.loop().buffers().lent()));
    } finally {
      for (Socket peer : stalled) {
        peer.close();
      }
    }
  }

  private Socket slowPeer(Sender sender) throws IOException {
    ListenOptions options =
        new ListenOptions(
            16, ListenOptions.Balance.HAND_OFF, SocketOptions.DEFAULT.withBuffers(SEND_BUFFER, 0));
    Listener listener = context.listen(ANY, options, stream -> sender);
    Socket peer = new Socket();
    peer.setReceiveBufferSize(128 * 1024);
    peer.connect(new InetSocketAddress(ANY.getAddress(), listener.port()));
    return peer;
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
