package dev.weir.net;

import static dev.weir.net.Probe.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.JavaProgram;
import dev.weir.testpeers.NeedsProgram;
import dev.weir.testpeers.Programs;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that somebody else has opened. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class AdoptionTest {

  /** Starts a program with a socket as its standard input, as inetd and systemd do. */
  private static final String LAUNCHER =
      """
      import os, socket, sys
      kind, command = sys.argv[1], sys.argv[2:]
      if kind == "datagram":
          given = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
          given.bind(("::1", 0))
      else:
          given = socket.create_server(("127.0.0.1", 0))
      print(given.getsockname()[1], flush=True)
      if kind == "connected":
          given = given.accept()[0]
      os.dup2(given.fileno(), 0)
      os.execv(command[0], command)
      """;

  /** Channels are what the {@code nio} loop adopts, whichever else is tested. */
  private Context context = Context.start(1, "nio");

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void whatWasReadBeforeComesFirst() throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(Loopback.IPV4.any());
        Socket peer = connect(listening)) {
      SocketChannel accepted = listening.accept();
      peer.getOutputStream().write("first, ".getBytes(ISO_8859_1));
      ByteBuffer read = ByteBuffer.allocate(7);
      while (read.hasRemaining()) {
        accepted.read(read);
      }
      Probe probe = new Probe();
      context.adopt(accepted, read.flip(), stream -> probe);
      peer.getOutputStream().write("second".getBytes(ISO_8859_1));
      peer.shutdownOutput();
      assertEquals("first, second", get(probe.ended));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aListeningChannelIsServedByEveryThread(int threads) throws Exception {
    context.close();
    context = Context.start(threads, "nio");
    ServerSocketChannel listening = ServerSocketChannel.open().bind(Loopback.IPV4.any());
    List<Socket> peers = new ArrayList<>();
    // One that waits in the system's queue since before.
    peers.add(connect(listening));
    Listener listener = context.adoptListener(listening, stream -> new EchoTest.Echo());
    assertEquals(listening.getLocalAddress(), listener.address());
    for (int n = 1; n < 6; n++) {
      peers.add(connect(listening));
    }
    for (Socket peer : peers) {
      assertEchoes(peer);
    }
    assertEquals(6, listener.accepted());
    assertEquals(Collections.nCopies(threads, 6 / threads), context.connectionsByLoop());
    for (Socket peer : peers) {
      peer.close();
    }
    listener.close();
    context.close();
    assertTrue(!listening.isOpen(), "Weir owns what it adopted");
  }

  @Test
  void aListeningUnixSocketIsAdopted(@TempDir Path directory) throws Exception {
    var at = UnixDomainSocketAddress.of(directory.resolve("s"));
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(at);
    context.adoptListener(listening, stream -> new EchoTest.Echo());
    EchoTest.Collector collector = new EchoTest.Collector(new byte[1000]);
    context.connect(Endpoint.of(at), collector);
    assertEquals(1000, get(collector.result).length);
  }

  @Test
  void whatIsNoneOfItIsRefused() throws Exception {
    Pipe pipe = Pipe.open();
    try (var source = pipe.source();
        var sink = pipe.sink();
        ServerSocketChannel listening = ServerSocketChannel.open()) {
      assertTrue(sink.isOpen());
      assertThrows(
          IllegalArgumentException.class, () -> context.adopt(source, null, s -> new Probe()));
      assertThrows(
          IllegalArgumentException.class, () -> context.adopt(listening, null, s -> new Probe()));
      assertThrows(
          IllegalArgumentException.class, () -> context.adopt("a file", null, s -> new Probe()));
    }
  }

  // ---- inherited

  @ParameterizedTest
  @ValueSource(strings = {"listening", "connected"})
  @NeedsProgram("python3")
  void aProgramServesTheSocketThatItWasStartedWith(String kind) throws Exception {
    Process program = launch(kind);
    try (var out = program.inputReader()) {
      InetSocketAddress at =
          new InetSocketAddress(Loopback.IPV4.any().getAddress(), Integer.parseInt(out.readLine()));
      try (Socket peer = new Socket(at.getAddress(), at.getPort())) {
        assertEchoes(peer);
      }
      assertTrue(program.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, program.exitValue());
    } finally {
      program.destroyForcibly();
    }
  }

  /** Of IPv6: the JDK takes every datagram socket that it inherits for one. */
  @Test
  @NeedsProgram("python3")
  void aProgramAnswersOnTheDatagramSocketThatItWasStartedWith() throws Exception {
    InetAddress server = Loopback.IPV6.any().getAddress();
    Process program = launch("datagram");
    try (var out = program.inputReader();
        DatagramSocket peer = new DatagramSocket()) {
      int port = Integer.parseInt(out.readLine());
      peer.setSoTimeout(20_000);
      peer.connect(server, port);
      peer.send(new DatagramPacket(new byte[] {7}, 1));
      DatagramPacket back = new DatagramPacket(new byte[9], 9);
      peer.receive(back);
      assertEquals(1, back.getLength());
      assertTrue(program.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, program.exitValue());
    } finally {
      program.destroyForcibly();
    }
  }

  private static Process launch(String kind) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.get("python3").toString(), "-c", LAUNCHER, kind));
    command.addAll(JavaProgram.command(InheritedEcho.class, kind));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  // ---- what the tests share

  private static Socket connect(ServerSocketChannel listening) throws IOException {
    InetSocketAddress at = (InetSocketAddress) listening.getLocalAddress();
    return new Socket(at.getAddress(), at.getPort());
  }

  private static void assertEchoes(Socket peer) throws IOException {
    peer.getOutputStream().write("echo".getBytes(ISO_8859_1));
    assertEquals("echo", new String(peer.getInputStream().readNBytes(4), ISO_8859_1));
  }
}
