package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import dev.weir.net.ListenOptions.Balance;
import dev.weir.stream.StreamHandler;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the connections of one port are spread over several service threads. */
@Timeout(60)
class BalanceTest {

  private static final int THREADS = 4;
  private static final int EACH = 100;
  private static final StreamHandler SILENT = (stream, bytes) -> bytes.position(bytes.limit());

  @ParameterizedTest
  @EnumSource
  void everyThreadHasItsShare(Balance balance, TestReporter reporter) throws Exception {
    CountDownLatch open = new CountDownLatch(THREADS * EACH);
    List<Socket> peers = new ArrayList<>();
    try (Context context = Context.start(THREADS)) {
      Listener listener =
          context.listen(
              ANY,
              ListenOptions.DEFAULT.withBalance(balance),
              stream -> {
                open.countDown();
                return SILENT;
              });
      for (int n = 0; n < THREADS * EACH; n++) {
        peers.add(new Socket(ANY.getAddress(), listener.port()));
      }
      assertTrue(open.await(20, TimeUnit.SECONDS));
      List<Integer> shares = context.connectionsByLoop();
      reporter.publishEntry(
          balance + ", connections on each of " + THREADS + " threads", "" + shares);
      assertEquals(THREADS * EACH, listener.accepted());
      switch (balance) {
        // Exact: what is given to a loop is counted before it is there.
        case HAND_OFF -> assertEquals(List.of(EACH, EACH, EACH, EACH), shares);
        // By a hash of the addresses: a share below half is less likely than one in a million.
        case REUSE_PORT -> shares.forEach(share -> assertTrue(share > EACH / 2, shares::toString));
      }
      listener.close();
      assertRefused(context, listener);
    } finally {
      for (Socket peer : peers) {
        peer.close();
      }
    }
  }

  /** Names are asked for and never found: nothing is open while all of them are given away. */
  @Test
  void connectionsThatAreBeingMadeCount() throws Exception {
    Map<Loop, Integer> asked = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(THREADS * EACH);
    try (Context context = Context.start(THREADS)) {
      Context unresolved =
          Context.on(
              context.loops(),
              context.workers(),
              (loop, name, found) -> {
                asked.merge(loop, 1, Integer::sum);
                begun.countDown();
              });
      for (int n = 0; n < THREADS * EACH; n++) {
        unresolved.connect(Endpoint.tcp("never.invalid", 1), new Probe());
      }
      assertTrue(begun.await(20, TimeUnit.SECONDS));
      assertEquals(List.of(EACH, EACH, EACH, EACH), List.copyOf(asked.values()));
    }
  }

  /** No socket of the listener is left that the system would give a connection to. */
  private static void assertRefused(Context context, Listener closed) throws Exception {
    for (var loop : context.loops()) {
      Probe.on(loop, () -> null);
    }
    for (int n = 0; n < 20; n++) {
      try (Socket late = new Socket(ANY.getAddress(), closed.port())) {
        throw new AssertionError("a closed listener took " + late);
      } catch (IOException refused) {
        // So it should be.
      }
    }
  }
}
