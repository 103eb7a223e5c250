package dev.weir.natives.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
import dev.weir.natives.Octets;
import dev.weir.natives.uring.SendRing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The same comes of it whether one call does for all or each has its own. */
@Timeout(30)
@ParameterizedClass
@ValueSource(booleans = {true, false})
class SendBatchTest {

  /** Whether one call may do for all; else this is a system that lets nobody have a ring. */
  @Parameter private boolean together;

  private final List<SocketChannel> peers = new ArrayList<>();
  private final List<EpollStreamSocket> sockets = new ArrayList<>();
  private final List<Poller.Watch> watches = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private EpollPoller poller;
  private Socket.Listen listen;

  @BeforeEach
  void open() throws IOException {
    poller = new EpollPoller(new SendBatch(together ? SendRing::open : () -> null));
    listen =
        poller
            .sockets()
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                100,
                SocketOptions.DEFAULT);
  }

  @AfterEach
  void close() throws IOException {
    watches.forEach(Poller.Watch::cancel);
    sockets.forEach(EpollStreamSocket::close);
    for (SocketChannel peer : peers) {
      peer.close();
    }
    listen.close();
    poller.close();
  }

  private void connect(int count) throws IOException {
    for (int n = 0; n < count; n++) {
      peers.add(SocketChannel.open(listen.local()));
      EpollStreamSocket socket = (EpollStreamSocket) listen.accept();
      sockets.add(socket);
      watches.add(poller.watch(socket, 0, ops -> {}));
    }
  }

  private void writeSoon(int socket, ByteBuffer bytes) {
    int offered = bytes.remaining();
    sockets
        .get(socket)
        .writeSoon(
            bytes,
            (count, failure) -> {
              assertEquals(offered - count, bytes.remaining());
              told.add(socket + (failure == null ? ": " + count : " failed"));
            });
  }

  private void expect(String... lines) {
    assertEquals(List.of(lines), told);
    told.clear();
  }

  @Test
  void allAreWrittenAndToldInTheirOrder() throws IOException {
    connect(3);
    writeSoon(0, Octets.direct(1, 2));
    writeSoon(1, Octets.direct(3));
    writeSoon(2, Octets.direct(4, 5, 6));
    expect();
    poller.writeNow();
    expect("0: 2", "1: 1", "2: 3");
    poller.writeNow();
    expect();
    assertArrayEquals(new byte[] {1, 2}, Octets.arrived(peers.get(0), 2));
    assertArrayEquals(new byte[] {3}, Octets.arrived(peers.get(1), 1));
    assertArrayEquals(new byte[] {4, 5, 6}, Octets.arrived(peers.get(2), 3));
  }

  @Test
  void moreThanACallTakesGoByMore() throws IOException {
    connect(SendRing.CAPACITY + 1);
    for (int n = 0; n < sockets.size(); n++) {
      assertEquals(0, told.size());
      writeSoon(n, Octets.direct(n));
    }
    assertEquals(SendRing.CAPACITY, told.size());
    poller.writeNow();
    assertEquals(sockets.size(), told.size());
    for (int n = 0; n < sockets.size(); n++) {
      assertArrayEquals(new byte[] {(byte) n}, Octets.arrived(peers.get(n), 1));
    }
  }

  @Test
  void whoHasNoRoomIsToldSo() throws IOException {
    connect(2);
    ByteBuffer large = ByteBuffer.allocateDirect(32 << 20);
    int before;
    do {
      before = large.remaining();
      writeSoon(0, large);
      writeSoon(1, Octets.direct(1));
      poller.writeNow();
      assertEquals("1: 1", told.getLast());
    } while (large.remaining() < before);
    assertEquals("0: 0", told.get(told.size() - 2));
  }

  @Test
  void whoHasNoReaderAnyMoreIsToldWhy() throws IOException {
    connect(2);
    peers.get(0).setOption(StandardSocketOptions.SO_LINGER, 0);
    peers.get(0).close();
    writeSoon(0, Octets.direct(1));
    writeSoon(1, Octets.direct(2));
    poller.writeNow();
    expect("0 failed", "1: 1");
  }

  @Test
  void anArrayIsWrittenAtOnce() throws IOException {
    connect(1);
    writeSoon(0, ByteBuffer.wrap(new byte[] {9}));
    expect("0: 1");
    assertArrayEquals(new byte[] {9}, Octets.arrived(peers.get(0), 1));
  }

  @Test
  void whatIsWrittenNextIsBehind() throws IOException {
    connect(2);
    writeSoon(0, Octets.direct(1));
    sockets.get(0).write(Octets.direct(2));
    writeSoon(0, Octets.direct(3));
    sockets.get(0).write(Octets.direct(4), Octets.direct(5));
    expect("0: 1", "0: 1");
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, Octets.arrived(peers.get(0), 5));
  }

  @Test
  void theEndIsBehind() throws IOException {
    connect(3);
    writeSoon(0, Octets.direct(1));
    writeSoon(1, Octets.direct(2));
    writeSoon(2, Octets.direct(3));
    sockets.get(0).shutdownOutput();
    expect("0: 1", "1: 1", "2: 1");
    writeSoon(1, Octets.direct(4));
    watches.remove(1).cancel();
    sockets.remove(1).close();
    expect("1: 1");
    assertArrayEquals(new byte[] {1}, Octets.arrived(peers.get(0), 1));
    assertEquals(-1, peers.get(0).read(ByteBuffer.allocate(1)));
    assertArrayEquals(new byte[] {2, 4}, Octets.arrived(peers.get(1), 2));
    assertEquals(-1, peers.get(1).read(ByteBuffer.allocate(1)));
    writeSoon(1, Octets.direct(5));
    sockets.get(1).abort();
    sockets.remove(1);
    watches.remove(1).cancel();
    expect("1: 1");
  }

  @Test
  void whoFailsWhenToldKeepsNobodyFromBeingTold() throws IOException {
    connect(3);
    var first = new IllegalStateException("on purpose");
    sockets
        .get(0)
        .writeSoon(
            Octets.direct(1),
            (count, failure) -> {
              throw first;
            });
    sockets
        .get(1)
        .writeSoon(
            Octets.direct(1),
            (count, failure) -> {
              throw new AssertionError("the second on purpose");
            });
    writeSoon(2, Octets.direct(2));
    assertSame(first, assertThrows(IllegalStateException.class, poller::writeNow));
    expect("2: 1");
    writeSoon(2, Octets.direct(3));
    poller.writeNow();
    expect("2: 1");
  }

  @Test
  void whoWritesWhenToldIsWrittenAtOnce() throws IOException {
    connect(2);
    sockets.get(0).writeSoon(Octets.direct(1), (count, failure) -> writeSoon(0, Octets.direct(2)));
    writeSoon(1, Octets.direct(3));
    poller.writeNow();
    expect("0: 1", "1: 1");
    assertArrayEquals(new byte[] {1, 2}, Octets.arrived(peers.get(0), 2));
    assertTrue(peers.get(1).isConnected());
  }
}
