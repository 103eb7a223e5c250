package dev.weir.natives.epoll;

import static dev.weir.loop.spi.Poller.FOREVER;
import static dev.weir.loop.spi.Poller.READ;
import static dev.weir.loop.spi.Poller.RESET;
import static dev.weir.loop.spi.Poller.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.SocketOptions;
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

/** What the poller tells, and when; peers are channels of the JDK. */
@Timeout(30)
class EpollPollerTest {

  private final List<Integer> told = new ArrayList<>();
  private EpollPoller poller;
  private Socket.Listen listen;

  @BeforeEach
  void open() throws IOException {
    poller = new EpollPoller();
    listen =
        poller
            .sockets()
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                8,
                SocketOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    listen.close();
    poller.close();
  }

  @Test
  void tellsNoMoreThanTheInterest() throws IOException {
    try (SocketChannel peer = SocketChannel.open(listen.local())) {
      Socket.Stream socket = accept();
      Poller.Watch watch = poller.watch(socket, READ, told::add);
      turn();
      assertEquals(List.of(), told);
      peer.write(ByteBuffer.wrap(new byte[1]));
      await();
      assertEquals(List.of(READ), told);
      watch.interest(READ | WRITE);
      await();
      assertEquals(READ | WRITE, told.getLast());
      watch.interest(WRITE);
      await();
      assertEquals(WRITE, told.getLast());
      end(watch, socket);
    }
  }

  @Test
  void aResetIsToldToWhoeverIsInterestedInNothingElse() throws IOException {
    SocketChannel peer = SocketChannel.open(listen.local());
    Socket.Stream socket = accept();
    Poller.Watch watch = poller.watch(socket, RESET, told::add);
    peer.write(ByteBuffer.wrap(new byte[1]));
    turn();
    assertEquals(List.of(), told);
    reset(peer);
    await();
    assertEquals(List.of(RESET), told);
    end(watch, socket);
  }

  /** Without this a paused connection that is cut would keep the loop from ever waiting. */
  @Test
  void whatNobodyAskedForIsReportedOnce() throws IOException {
    SocketChannel peer = SocketChannel.open(listen.local());
    Socket.Stream socket = accept();
    Poller.Watch watch = poller.watch(socket, 0, told::add);
    reset(peer);
    poller.poll(FOREVER, () -> {});
    long begin = System.nanoTime();
    poller.poll(20_000_000, () -> {});
    assertTrue(System.nanoTime() - begin >= 20_000_000, "it was reported again");
    assertEquals(List.of(), told);
    watch.interest(READ);
    await();
    assertEquals(List.of(READ), told);
    end(watch, socket);
  }

  /**
   * Both are ready in one wait, and the first to be told closes the other. What was reported for
   * the closed one must not reach the socket that gets its number.
   */
  @Test
  void anEventOfAClosedSocketDoesNotReachTheNextOfItsNumber() throws IOException {
    try (SocketChannel one = SocketChannel.open(listen.local());
        SocketChannel two = SocketChannel.open(listen.local());
        SocketChannel late = SocketChannel.open(listen.local())) {
      List<EpollStreamSocket> open = new ArrayList<>(List.of(accept(), accept()));
      List<Poller.Watch> watches = new ArrayList<>();
      for (EpollStreamSocket socket : List.copyOf(open)) {
        watches.add(
            poller.watch(
                socket,
                READ,
                ops -> {
                  EpollStreamSocket other = open.get(0) == socket ? open.get(1) : open.get(0);
                  int number = other.descriptor();
                  watches.get(open.indexOf(socket)).interest(0);
                  end(watches.get(open.indexOf(other)), other);
                  EpollStreamSocket next = accept();
                  assertEquals(number, next.descriptor());
                  watch(next);
                }));
      }
      one.write(ByteBuffer.wrap(new byte[1]));
      two.write(ByteBuffer.wrap(new byte[1]));
      assertTrue(late.isConnected());
      poller.poll(FOREVER, () -> {});
      assertEquals(List.of(), told);
      late.write(ByteBuffer.wrap(new byte[1]));
      await();
      assertEquals(List.of(READ), told);
    }
  }

  @Test
  void aWakeUpEndsTheWaitOrTheNext() throws Exception {
    poller.wake();
    poller.poll(FOREVER, () -> {});
    Thread other = Thread.ofPlatform().start(poller::wake);
    poller.poll(FOREVER, () -> {});
    other.join();
    for (int n = 0; n < 1000; n++) {
      poller.wake();
      poller.wake();
      poller.poll(FOREVER, () -> {});
    }
  }

  @Test
  void aWakeUpThatComesTooLateIsNone() throws IOException {
    EpollPoller gone = new EpollPoller();
    gone.close();
    gone.wake();
  }

  @Test
  void waitsAsLongAsItIsTold() throws IOException {
    for (long nanos : new long[] {1, 300_000, 5_000_000}) {
      long begin = System.nanoTime();
      poller.poll(nanos, () -> {});
      assertTrue(System.nanoTime() - begin >= nanos);
    }
  }

  @Test
  void theClockIsReadOnceEachWaitAndFirst() throws IOException {
    try (SocketChannel one = SocketChannel.open(listen.local());
        SocketChannel two = SocketChannel.open(listen.local())) {
      assertTrue(one.isConnected() && two.isConnected());
      List<String> order = new ArrayList<>();
      Poller.Watch watch =
          poller.watch(
              listen,
              READ,
              ops -> {
                order.add("ready");
                accept();
              });
      poller.poll(FOREVER, () -> order.add("waited"));
      assertEquals(List.of("waited", "ready"), order);
      watch.cancel();
    }
  }

  // ---- what the tests share

  private void turn() throws IOException {
    poller.poll(0, () -> {});
  }

  private void await() throws IOException {
    int before = told.size();
    while (told.size() == before) {
      poller.poll(FOREVER, () -> {});
    }
  }

  private EpollStreamSocket accept() {
    try {
      return (EpollStreamSocket) listen.accept();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void watch(Socket socket) {
    try {
      poller.watch(socket, READ, told::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void end(Poller.Watch watch, Socket socket) {
    watch.cancel();
    socket.close();
  }

  private static void reset(SocketChannel peer) throws IOException {
    peer.setOption(StandardSocketOptions.SO_LINGER, 0);
    peer.close();
  }
}
