package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.loop.Loop;
import dev.weir.loop.nio.NioProvider;
import dev.weir.loop.spi.Poller;
import dev.weir.loop.spi.Socket;
import dev.weir.loop.spi.Sockets;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who calls what of a loop's SPI: sockets are made on any thread, watched on the loop's alone. */
@Timeout(30)
class LoopConfinementTest {

  /** Writes down which threads make sockets, and what is called on a wrong one. */
  private static final class CheckingPoller implements Poller {
    final Set<Thread> makers = ConcurrentHashMap.newKeySet();
    final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Poller real = new NioProvider().open();
    private volatile Thread loop;

    CheckingPoller() throws IOException {}

    private void confined(String call) {
      if (Thread.currentThread() != loop) {
        wrong.add(call + " on " + Thread.currentThread().getName());
      }
    }

    @Override
    public Sockets sockets() {
      makers.add(Thread.currentThread());
      return real.sockets();
    }

    @Override
    public Watch watch(Socket socket, int interest, Ready ready) throws IOException {
      confined("watch");
      Watch watch = real.watch(socket, interest, ready);
      return new Watch() {
        @Override
        public void interest(int ops) {
          confined("interest");
          watch.interest(ops);
        }

        @Override
        public void ready(Ready next) {
          confined("ready");
          watch.ready(next);
        }

        @Override
        public void cancel() {
          confined("cancel");
          watch.cancel();
        }
      };
    }

    @Override
    public void poll(long timeoutNanos, Runnable waited) throws IOException {
      if (loop == null) {
        loop = Thread.currentThread();
      }
      confined("poll");
      real.poll(timeoutNanos, waited);
    }

    @Override
    public void writeNow() {
      confined("writeNow");
      real.writeNow();
    }

    @Override
    public void wake() {
      real.wake();
    }

    @Override
    public long nanoTime() {
      return real.nanoTime();
    }

    @Override
    public void close() {
      confined("close");
      real.close();
    }
  }

  @Test
  void socketsAreMadeAnywhereAndUsedOnTheLoop() throws Exception {
    CheckingPoller poller = new CheckingPoller();
    Loop loop = new Loop(poller, Runnable::run);
    Context context = Context.on(List.of(loop), Runnable::run, Resolver.SYSTEM);
    Thread running = Thread.ofPlatform().start(loop::run);
    Probe server = new Probe();
    Listener listener = context.listen(ANY, stream -> server);
    Probe client = new Probe();
    context.connect(Endpoint.of(listener.address()), client);
    get(client.opened).close();
    get(client.closed);
    Probe adopted = new Probe();
    context.adopt(SocketChannel.open(listener.address()), null, stream -> adopted);
    get(adopted.opened).reset(0);
    CountDownLatch bound = new CountDownLatch(1);
    context.datagrams(
        ANY,
        null,
        DatagramOptions.DEFAULT,
        new DatagramHandler() {
          @Override
          public void opened(Datagrams datagrams) {
            bound.countDown();
          }

          @Override
          public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {}
        });
    bound.await();
    get(context.shutdown(Duration.ofSeconds(5)));
    loop.stop();
    running.join();
    assertEquals(Set.of(running, Thread.currentThread()), poller.makers);
    assertEquals(List.of(), List.copyOf(poller.wrong));
  }
}
