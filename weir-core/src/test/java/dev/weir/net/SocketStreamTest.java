package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static dev.weir.net.Probe.on;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream on a real TCP socket; the peer is a blocking socket of the JDK. */
@Timeout(30)
class SocketStreamTest {

  private Context context;

  @BeforeEach
  void start() {
    context = Context.start();
  }

  @AfterEach
  void stop() {
    context.close();
  }

  // ---- in

  @Test
  void whatAHandlerLeavesGoesToTheOneItHandsTheStreamTo() throws Exception {
    Probe second = new Probe();
    StreamHandler first =
        (stream, bytes) -> {
          bytes.position(bytes.position() + 3);
          stream.handler(second);
        };
    try (Socket peer = accepted(first)) {
      peer.getOutputStream().write("oneTWO".getBytes(ISO_8859_1));
      assertEquals("TWO", eventually(second, text -> text.length() == 3));
    }
  }

  @Test
  void aHandlerThatComesAfterThePeersEndIsToldOfItBehindTheBytes() throws Exception {
    Probe second = new Probe();
    StreamHandler first =
        new StreamHandler() {
          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {}

          @Override
          public void ended(ByteStream stream) {
            stream.handler(second);
          }
        };
    try (Socket peer = accepted(first)) {
      peer.getOutputStream().write("late".getBytes(ISO_8859_1));
      peer.shutdownOutput();
      assertEquals("late", get(second.ended));
      assertEquals(Optional.empty(), get(second.closed));
    }
  }

  @Test
  void bytesLeftWhilePausedComeBeforeThePeersEnd() throws Exception {
    CompletableFuture<ByteStream> paused = new CompletableFuture<>();
    Probe probe =
        new Probe() {
          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {
            if (!paused.isDone()) {
              stream.pause();
              paused.complete(stream);
            } else {
              super.received(stream, bytes);
            }
          }
        };
    try (Socket peer = accepted(probe)) {
      peer.getOutputStream().write("last words".getBytes(ISO_8859_1));
      ByteStream stream = get(paused);
      // Resumed by a task, so that the end is ready before what was left can be given again.
      on(
          stream.loop(),
          () -> {
            stream.resume();
            peer.shutdownOutput();
            return null;
          });
      assertEquals("last words", get(probe.ended));
    }
  }

  @Test
  void aWholeBufferLeftWhilePausedComesBack() throws Exception {
    byte[] sent = random(200_000);
    CountDownLatch written = new CountDownLatch(1);
    Probe probe =
        new Probe() {
          private boolean paused;

          @Override
          public void opened(ByteStream stream) {
            await(written);
          }

          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {
            if (paused) {
              super.received(stream, bytes);
            } else {
              paused = true;
              stream.pause();
              stream.loop().execute(stream::resume);
            }
          }
        };
    try (Socket peer = accepted(probe)) {
      peer.getOutputStream().write(sent);
      peer.shutdownOutput();
      written.countDown();
      get(probe.closed);
      assertArrayEquals(sent, probe.bytes());
    }
  }

  @Test
  void anAdoptedStreamBeginsWithAnyNumberOfBytesThatWereRead() throws Exception {
    context.close();
    context = Context.start(1, "nio");
    byte[] before = random(100_000);
    try (ServerSocket listening = new ServerSocket(0, 1, ANY.getAddress());
        Socket peer = new Socket(ANY.getAddress(), listening.getLocalPort())) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(ANY.getAddress(), listening.getLocalPort()));
      try (Socket other = listening.accept();
          Socket same = listening.accept()) {
        assertNotNull(other);
        Probe probe = new Probe();
        same.getOutputStream().write('x');
        same.shutdownOutput();
        context.adopt(channel, ByteBuffer.wrap(before), stream -> probe);
        get(probe.ended);
        byte[] expected = Arrays.copyOf(before, before.length + 1);
        expected[before.length] = 'x';
        assertArrayEquals(expected, probe.bytes());
        assertFalse(peer.isClosed());
      }
    }
  }

  // ---- out

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 40})
  void flushingEarlyDoesNotLendOneBufferTwice(int streams) throws Exception {
    List<Probe> probes = new ArrayList<>();
    List<Socket> peers = new ArrayList<>();
    try {
      for (int n = 0; n < streams; n++) {
        Probe probe = new Probe();
        probes.add(probe);
        peers.add(accepted(probe));
      }
      List<ByteStream> ends = new ArrayList<>();
      for (Probe probe : probes) {
        ends.add(get(probe.opened));
      }
      on(
          context.loop(),
          () -> {
            for (ByteStream end : ends) {
              end.write(ISO_8859_1.encode("a"));
              end.flush();
            }
            for (ByteStream end : ends) {
              end.write(ISO_8859_1.encode("b" + end.carrier().id()));
              end.flush();
              end.write(ISO_8859_1.encode("c"));
            }
            ends.forEach(ByteStream::end);
            return null;
          });
      for (int n = 0; n < streams; n++) {
        String expected = "ab" + ends.get(n).carrier().id() + "c";
        assertEquals(
            expected, new String(peers.get(n).getInputStream().readAllBytes(), ISO_8859_1));
      }
      assertEquals(0, on(context.loop(), () -> context.loop().buffers().lent()));
    } finally {
      for (Socket peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void aLargeArrayArrives() throws Exception {
    byte[] sent = random(20_000_000);
    try (Socket peer = accepted(new Sender(sent))) {
      assertArrayEquals(sent, peer.getInputStream().readAllBytes());
    }
  }

  @Test
  void whatThePeerSaidBeforeItCutIsHeardAlthoughWritingFails() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, ANY.getAddress())) {
      Probe probe = new Probe();
      context.connect(Endpoint.of(listening.getLocalSocketAddress()), probe);
      Socket peer = listening.accept();
      ByteStream stream = get(probe.opened);
      on(
          stream.loop(),
          () -> {
            stream.write(ISO_8859_1.encode("a request that is refused unread"));
            return null;
          });
      assertEquals('a', peer.getInputStream().read());
      // The loop is busy while the answer and the reset arrive, and then goes on writing.
      on(
          stream.loop(),
          () -> {
            peer.getOutputStream().write("too large".getBytes(ISO_8859_1));
            peer.close();
            while (stream.write(ByteBuffer.allocate(20_000)) > 0) {
              stream.flush();
            }
            stream.wantWritable();
            return null;
          });
      WeirException problem = get(probe.closed).orElseThrow();
      assertInstanceOf(StreamException.Reset.class, problem);
      assertEquals("too large", probe.text());
    }
  }

  // ---- ends

  @Test
  void theAddressesAreKnownAfterTheEnd() throws Exception {
    CompletableFuture<List<@Nullable SocketAddress>> atTheEnd = new CompletableFuture<>();
    StreamHandler handler =
        new StreamHandler() {
          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {}

          @Override
          public void closed(ByteStream stream, @Nullable WeirException problem) {
            atTheEnd.complete(Arrays.asList(stream.carrier().remote(), stream.carrier().local()));
          }
        };
    List<SocketAddress> expected;
    try (Socket peer = accepted(handler)) {
      expected = List.of(peer.getLocalSocketAddress(), peer.getRemoteSocketAddress());
    }
    assertEquals(expected, get(atTheEnd));
  }

  @Test
  void resetIsSeenAsResetByThePeer() throws Exception {
    Probe probe = new Probe();
    try (Socket peer = accepted(probe)) {
      get(probe.opened).reset(7);
      WeirException problem = get(probe.closed).orElseThrow();
      assertInstanceOf(StreamException.Aborted.class, problem);
      assertEquals(7, problem.code());
      InputStream in = peer.getInputStream();
      assertTrue(fails(() -> in.read() >= 0));
    }
  }

  @Test
  void aPeersResetIsToldAsReset() throws Exception {
    Probe probe = new Probe();
    try (Socket peer = accepted(probe)) {
      get(probe.opened);
      peer.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    assertInstanceOf(StreamException.Reset.class, get(probe.closed).orElseThrow());
  }

  // ---- what the tests share

  /** Sends all of an array and closes. */
  private static final class Sender extends Probe {
    private final ByteBuffer toSend;

    Sender(byte[] bytes) {
      toSend = ByteBuffer.wrap(bytes);
    }

    @Override
    public void opened(ByteStream stream) {
      super.opened(stream);
      writable(stream);
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

  /** A blocking socket whose other end has {@code handler}. */
  private Socket accepted(StreamHandler handler) throws IOException {
    Listener listener = context.listen(ANY, stream -> handler);
    return new Socket(ANY.getAddress(), listener.port());
  }

  private String eventually(Probe probe, java.util.function.Predicate<String> wanted)
      throws Exception {
    while (true) {
      String text = on(context.loop(), probe::text);
      if (wanted.test(text)) {
        return text;
      }
    }
  }

  private static boolean fails(BooleanOrThrow read) {
    try {
      read.get();
      return false;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface BooleanOrThrow {
    boolean get() throws IOException;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
