package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.DatagramOptions;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpCommandTest {

  private final Context context = Context.start();

  @AfterEach
  void close() {
    context.close();
  }

  /** The port of somebody who sends everything back. */
  private int echo() {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    context.datagrams(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        null,
        DatagramOptions.DEFAULT,
        new DatagramHandler() {
          @Override
          public void opened(Datagrams datagrams) {
            port.complete(((InetSocketAddress) datagrams.local()).getPort());
          }

          @Override
          public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
            datagrams.send(data, from);
          }
        });
    return port.join();
  }

  @Test
  void sendsEachLineAndPrintsWhatComes() {
    Cli run = Cli.withInput("one\ntwo\n", "udp", "-c", "2", "-w", "30000", "127.0.0.1:" + echo());
    assertEquals(Set.of("one", "two"), run.lines().lines().collect(Collectors.toSet()));
    assertEquals(0, run.exit());
  }

  @Test
  void saysWhereItComesFrom() {
    int port = echo();
    Cli run = Cli.withInput("a\n", "udp", "-v", "-c", "1", "-w", "30000", "127.0.0.1:" + port);
    assertTrue(run.lines().contains("127.0.0.1:" + port + " a"), run.lines());
  }

  @Test
  void tellsThatTooFewCame() {
    int port = echo();
    assertEquals(
        1, Cli.withInput("a\n", "udp", "-c", "2", "-w", "100", "127.0.0.1:" + port).exit());
    assertEquals(0, Cli.withInput("a\n", "udp", "-w", "100", "127.0.0.1:" + port).exit());
  }
}
