package dev.weir.natives.uring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.natives.Octets;
import dev.weir.natives.posix.Addresses;
import dev.weir.natives.posix.Descriptors;
import dev.weir.natives.posix.Errno;
import dev.weir.natives.posix.SocketCalls;
import dev.weir.natives.posix.SocketSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call for many sends; peers are channels of the JDK. */
@Timeout(30)
class SendRingTest {

  private final List<Integer> sockets = new ArrayList<>();
  private final List<SocketChannel> peers = new ArrayList<>();
  private ServerSocketChannel listening;
  private SendRing ring;

  @BeforeEach
  void open() throws IOException {
    SendRing opened = SendRing.open();
    assumeTrue(opened != null, "the system lets this process have no ring");
    ring = opened;
    listening =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    if (ring != null) {
      ring.close();
      listening.close();
    }
    for (int socket : sockets) {
      Descriptors.close(socket);
    }
    for (SocketChannel peer : peers) {
      peer.close();
    }
  }

  private int connect() throws IOException {
    int socket = Errno.check(SocketCalls.socket(Addresses.INET, SocketCalls.STREAM));
    sockets.add(socket);
    SocketCalls.connect(socket, listening.getLocalAddress(), Addresses.INET);
    peers.add(listening.accept());
    return socket;
  }

  @Test
  void sendsToEachWhatIsItsOwn() throws IOException {
    ring.add(connect(), Octets.direct(1, 2, 3));
    ring.add(connect(), Octets.direct(4));
    ByteBuffer piece = Octets.direct(0, 5, 6, 0);
    ring.add(connect(), piece.position(1).limit(3));
    ring.send();
    assertEquals(List.of(3, 1, 2), List.of(ring.result(0), ring.result(1), ring.result(2)));
    assertArrayEquals(new byte[] {1, 2, 3}, Octets.arrived(peers.get(0), 3));
    assertArrayEquals(new byte[] {4}, Octets.arrived(peers.get(1), 1));
    assertArrayEquals(new byte[] {5, 6}, Octets.arrived(peers.get(2), 2));
  }

  /** The queues are rings: what is behind their end is at their beginning. */
  @Test
  void asOftenAsOneLikes() throws IOException {
    Random random = new Random(1);
    int[] open = new int[SendRing.CAPACITY];
    for (int n = 0; n < open.length; n++) {
      open[n] = connect();
    }
    int[] sent = new int[open.length];
    for (int round = 0; round < 1000; round++) {
      int many = 1 + random.nextInt(open.length);
      for (int n = 0; n < many; n++) {
        ring.add(open[n], Octets.direct(sent[n]++));
      }
      ring.send();
      for (int n = 0; n < many; n++) {
        assertEquals(1, ring.result(n), "send " + n + " of round " + round);
      }
    }
    for (int n = 0; n < open.length; n++) {
      byte[] all = Octets.arrived(peers.get(n), sent[n]);
      for (int at = 0; at < all.length; at++) {
        assertEquals((byte) at, all[at]);
      }
    }
  }

  @Test
  void aSocketWithoutRoomTakesWhatItCanAndKeepsNobodyFromTheirs() throws IOException {
    int full = connect();
    SocketSettings.SEND_BUFFER.set(full, 4096);
    int other = connect();
    ByteBuffer large = ByteBuffer.allocateDirect(32 << 20);
    ring.add(full, large);
    ring.add(other, Octets.direct(1));
    ring.send();
    int taken = ring.result(0);
    assertEquals(1, ring.result(1));
    assertEquals(true, taken > 0 && taken < large.remaining(), taken + " bytes");
    for (int result = taken; result >= 0; result = ring.result(0)) {
      ring.add(full, large);
      ring.add(other, Octets.direct(1));
      ring.send();
      assertEquals(1, ring.result(1));
    }
    assertEquals(-Errno.EAGAIN, ring.result(0));
  }

  @Test
  void whatFailsSaysWhyAndKeepsNobodyFromTheirs() throws IOException {
    int reset = connect();
    int other = connect();
    peers.get(0).setOption(StandardSocketOptions.SO_LINGER, 0);
    peers.get(0).close();
    ring.add(reset, Octets.direct(1));
    ring.add(reset, Octets.direct(1));
    ring.add(Integer.MAX_VALUE, Octets.direct(1));
    ring.add(other, Octets.direct(7));
    ring.send();
    assertEquals(-Errno.ECONNRESET, ring.result(0));
    assertEquals(-Errno.EPIPE, ring.result(1));
    assertEquals(-Errno.EBADF, ring.result(2));
    assertEquals(1, ring.result(3));
    assertArrayEquals(new byte[] {7}, Octets.arrived(peers.get(1), 1));
  }

  @Test
  void whatTheSystemDoesNotLookAtIsNotTriedNorTriedLater() throws IOException {
    int socket = connect();
    int descriptor = ring.descriptor();
    Descriptors.close(descriptor);
    ring.add(socket, Octets.direct(1));
    ring.add(socket, Octets.direct(2));
    ring.send();
    assertEquals(SendRing.NOT_TRIED, ring.result(0));
    assertEquals(SendRing.NOT_TRIED, ring.result(1));
    // So that closing the ring closes nobody else's.
    sockets.add(Errno.check(SocketCalls.socket(Addresses.INET, SocketCalls.STREAM)));
    assertEquals(descriptor, sockets.removeLast());
  }

  @Test
  void holdsNothingWhenItIsClosed() throws IOException {
    long before = descriptors();
    for (int n = 0; n < 100; n++) {
      SendRing another = SendRing.open();
      assertNotNull(another);
      another.close();
    }
    assertEquals(before, descriptors());
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(each -> isRing(each)).count();
    }
  }

  private static boolean isRing(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("io_uring");
    } catch (IOException e) {
      return false;
    }
  }
}
