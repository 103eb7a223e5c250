package dev.weir.net;

import static dev.weir.net.Probe.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.StreamException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams over IPv4, IPv6 and unix sockets are the same to those who use them. */
@Timeout(60)
class FamiliesTest {

  private final Context context = Context.start();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    context.close();
  }

  /** Where to listen. */
  enum Family {
    IPV4,
    IPV6,
    UNIX;

    SocketAddress any(Path directory) throws IOException {
      return switch (this) {
        case IPV4 -> Loopback.IPV4.any();
        case IPV6 -> Loopback.IPV6.any();
        case UNIX -> UnixDomainSocketAddress.of(directory.resolve("s"));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMegabyteComesBack(Family family) throws Exception {
    byte[] sent = new byte[1 << 20];
    new Random(family.ordinal()).nextBytes(sent);
    Listener listener = context.listen(family.any(directory), stream -> new EchoTest.Echo());
    EchoTest.Collector collector = new EchoTest.Collector(sent);
    context.connect(Endpoint.of(listener.address()), collector);
    assertArrayEquals(sent, get(collector.result));
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerKnowsWhoIsThere(Family family) throws Exception {
    Probe server = new Probe();
    Probe client = new Probe();
    Listener listener = context.listen(family.any(directory), stream -> server);
    context.connect(Endpoint.of(listener.address()), client);
    assertEquals(listener.address(), get(client.opened).carrier().remote());
    assertEquals(listener.address(), get(server.opened).carrier().local());
    assertEquals(get(client.opened).carrier().local(), get(server.opened).carrier().remote());
  }

  @ParameterizedTest
  @EnumSource
  void nobodyListensHere(Family family) throws Exception {
    Listener gone = context.listen(family.any(directory), stream -> new Probe());
    gone.close();
    if (gone.address() instanceof UnixDomainSocketAddress unix) {
      // A file without a listener: what a process that was killed leaves behind.
      try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        Files.deleteIfExists(unix.getPath());
        killed.bind(unix);
      }
    }
    Probe client = new Probe();
    context.connect(Endpoint.of(gone.address()), client);
    assertInstanceOf(StreamException.ConnectFailed.class, get(client.closed).orElseThrow());
  }

  @Test
  void aLiteralOfEitherFamilyIsAnAddress() throws Exception {
    for (Loopback loopback : Loopback.values()) {
      Listener listener = context.listen(loopback.any(), stream -> new Probe());
      Probe client = new Probe();
      String literal = ((InetSocketAddress) listener.address()).getAddress().getHostAddress();
      context.connect(Endpoint.tcp(literal, listener.port()), client);
      assertEquals(listener.address(), get(client.opened).carrier().remote());
    }
  }

  /** RFC 8305: a name that has an address on which nobody answers is reached by the other. */
  @Test
  void aNameIsReachedByTheAddressThatAnswers() throws Exception {
    InetSocketAddress first = Loopback.IPV6.any();
    int port;
    try (ServerSocket v4 = new ServerSocket(0, 1, Loopback.IPV4.any().getAddress())) {
      port = v4.getLocalPort();
      Probe client = new Probe();
      Context both =
          Context.on(
              context.loops(),
              context.workers(),
              (loop, name, found) ->
                  found.done(List.of(first.getAddress(), v4.getInetAddress()), null));
      both.connect(Endpoint.tcp("both.invalid", port), client);
      assertEquals(v4.getLocalSocketAddress(), get(client.opened).carrier().remote());
    }
  }

  @Test
  void aUnixSocketIsSpokenToByTheJdk() throws Exception {
    Path path = directory.resolve("s");
    context.listen(UnixDomainSocketAddress.of(path), stream -> new EchoTest.Echo());
    try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      peer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      ByteBuffer back = ByteBuffer.allocate(3);
      while (back.hasRemaining()) {
        assertTrue(peer.read(back) > 0);
      }
      assertArrayEquals(new byte[] {1, 2, 3}, back.array());
    }
  }
}
