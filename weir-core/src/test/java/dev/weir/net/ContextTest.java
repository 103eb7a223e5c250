package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static dev.weir.net.Probe.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import dev.weir.loop.nio.NioProvider;
import dev.weir.stream.ByteStream;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ContextTest {

  private static final StreamHandler SILENT = (stream, bytes) -> bytes.position(bytes.limit());

  // ---- what an application does wrong harms nobody else

  @Test
  void anAcceptorThatFailsCostsItsOwnConnectionOnly() throws Exception {
    Probe second = new Probe();
    List<StreamHandler> handlers = Collections.synchronizedList(new ArrayList<>(List.of(second)));
    CountDownLatch failed = new CountDownLatch(1);
    try (Context context = Context.start()) {
      Listener listener =
          context.listen(
              ANY,
              stream -> {
                if (failed.getCount() > 0) {
                  failed.countDown();
                  throw new IllegalStateException("on purpose");
                }
                return handlers.removeFirst();
              });
      try (Socket first = new Socket(ANY.getAddress(), listener.port())) {
        assertTrue(failed.await(20, TimeUnit.SECONDS));
        assertThrows(IOException.class, () -> first.getInputStream().readAllBytes());
      }
      try (Socket next = new Socket(ANY.getAddress(), listener.port())) {
        get(second.opened);
        assertEquals(1, context.connections());
        next.shutdownOutput();
        get(second.closed);
      }
    }
  }

  @Test
  void aDatagramHandlerThatFailsHarmsNobody() throws Exception {
    CompletableFuture<Datagrams> opened = new CompletableFuture<>();
    CompletableFuture<String> received = new CompletableFuture<>();
    CountDownLatch told = new CountDownLatch(1);
    try (Context context = Context.start()) {
      SocketAddress at =
          context.datagrams(
              ANY,
              null,
              DatagramOptions.DEFAULT,
              new DatagramHandler() {
                @Override
                public void opened(Datagrams datagrams) {
                  opened.complete(datagrams);
                  throw new IllegalStateException("on purpose");
                }

                @Override
                public void writable(Datagrams datagrams) {
                  told.countDown();
                  throw new IllegalStateException("on purpose");
                }

                @Override
                public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
                  if (!data.hasRemaining()) {
                    throw new IllegalStateException("on purpose");
                  }
                  received.complete(data.remaining() + " bytes");
                }
              });
      Datagrams datagrams = get(opened);
      on(
          datagrams.loop(),
          () -> {
            datagrams.wantWritable();
            return null;
          });
      assertTrue(told.await(20, TimeUnit.SECONDS));
      on(
          datagrams.loop(),
          () -> {
            datagrams.send(ByteBuffer.allocate(0), at);
            return datagrams.send(ByteBuffer.allocate(3), at);
          });
      assertEquals("3 bytes", get(received));
    }
  }

  // ---- balance

  @Test
  void connectionsAreHandedOffEvenly() throws Exception {
    int each = 50;
    List<Socket> peers = new ArrayList<>();
    try (Context context = Context.start(4)) {
      CountDownLatch open = new CountDownLatch(4 * each);
      Listener listener =
          context.listen(
              ANY,
              stream -> {
                open.countDown();
                return SILENT;
              });
      // All wait to be accepted in one turn: none is open when the next is given away.
      on(
          context.loops().getFirst(),
          () -> {
            for (int n = 0; n < 4 * each; n++) {
              peers.add(new Socket(ANY.getAddress(), listener.port()));
            }
            return null;
          });
      assertTrue(open.await(20, TimeUnit.SECONDS));
      assertEquals(List.of(each, each, each, each), context.connectionsByLoop());
    } finally {
      for (Socket peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void connectionsThatAreBegunTogetherAreSpread() throws Exception {
    try (Context server = Context.start();
        Context client = Context.start(2)) {
      Listener listener = server.listen(ANY, stream -> SILENT);
      List<Probe> probes = new ArrayList<>();
      for (int n = 0; n < 20; n++) {
        Probe probe = new Probe();
        probes.add(probe);
        client.connect(Endpoint.of(listener.address()), probe);
      }
      for (Probe probe : probes) {
        get(probe.opened);
      }
      assertEquals(List.of(10, 10), client.connectionsByLoop());
    }
  }

  // ---- shutting down

  @Test
  void shuttingDownClosesDatagramSockets() throws Exception {
    CompletableFuture<Optional<WeirException>> closed = new CompletableFuture<>();
    Context context = Context.start();
    SocketAddress at =
        context.datagrams(
            ANY,
            null,
            DatagramOptions.DEFAULT,
            new DatagramHandler() {
              @Override
              public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {}

              @Override
              public void closed(Datagrams datagrams, @Nullable WeirException problem) {
                closed.complete(Optional.ofNullable(problem));
              }
            });
    get(context.shutdown(Duration.ofSeconds(10)));
    assertEquals(Optional.empty(), get(closed));
    context.close();
    try (var free = new java.net.DatagramSocket((InetSocketAddress) at)) {
      assertEquals(at, free.getLocalSocketAddress());
    }
  }

  @Test
  void aConnectionThatIsBeingMadeIsToldOfTheShutdown() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Loop loop = new Loop(new NioProvider().open(), Runnable::run);
    Thread thread = Thread.ofPlatform().daemon().start(loop::run);
    Context context =
        Context.on(List.of(loop), Runnable::run, (where, name, found) -> asked.countDown());
    Probe probe = new Probe();
    context.connect(Endpoint.tcp("never.invalid", 1), probe);
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    get(context.shutdown(Duration.ZERO));
    assertInstanceOf(StreamException.Aborted.class, get(probe.closed).orElseThrow());
    loop.stop();
    thread.join();
  }

  @Test
  void aHandlerThatReconnectsWhenTheShutdownCutsItIsToldNo() throws Exception {
    Context context = Context.start();
    Listener listener = context.listen(ANY, stream -> SILENT);
    Probe again = new Probe();
    Probe first =
        new Probe() {
          @Override
          public void closed(ByteStream stream, @Nullable WeirException problem) {
            super.closed(stream, problem);
            context.connect(Endpoint.of(listener.address()), again);
          }
        };
    context.connect(Endpoint.of(listener.address()), first);
    get(first.opened);
    get(context.shutdown(Duration.ZERO));
    assertInstanceOf(StreamException.Aborted.class, get(again.closed).orElseThrow());
    context.close();
  }

  @Test
  void nothingBeginsAfterTheEnd() {
    Context context = Context.start();
    context.close();
    assertThrows(IllegalStateException.class, () -> context.listen(ANY, stream -> SILENT));
    assertThrows(IllegalStateException.class, () -> context.connect(Endpoint.of(ANY), new Probe()));
    assertThrows(
        IllegalStateException.class,
        () -> context.datagrams(ANY, null, DatagramOptions.DEFAULT, (datagrams, data, from) -> {}));
  }
}
