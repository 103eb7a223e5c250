package dev.weir.net;

import static dev.weir.net.Probe.get;
import static dev.weir.net.Probe.on;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.raw.Raw;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams on real UDP sockets. */
@Timeout(60)
class UdpTest {

  /** The most that UDP over IPv4 can carry: 65,535 less the headers (RFC 768, RFC 791 3.1). */
  private static final int LARGEST = 65_507;

  private static final DatagramHandler ECHO = (datagrams, data, from) -> datagrams.send(data, from);

  private final Context context = Context.start();

  @AfterEach
  void close() {
    context.close();
  }

  // ---- echo

  @ParameterizedTest
  @EnumSource(Loopback.class)
  void anEchoToWhoeverSends(Loopback loopback) throws Exception {
    SocketAddress server = listen(loopback, ECHO);
    Inbox inbox = new Inbox();
    Datagrams client = get(Raw.datagrams(context, loopback.any(), null, inbox));
    send(client, "to you", server);
    assertEquals(new Datagram("to you", server), inbox.next());
  }

  @ParameterizedTest
  @EnumSource(Loopback.class)
  void anEchoToAConnectedSocket(Loopback loopback) throws Exception {
    SocketAddress server = listen(loopback, ECHO);
    Inbox inbox = new Inbox();
    Datagrams client = get(Raw.datagrams(context, null, server, inbox));
    send(client, "to the only one", null);
    assertEquals(new Datagram("to the only one", server), inbox.next());
  }

  @ParameterizedTest
  @EnumSource(Loopback.class)
  void aConnectedSocketHearsItsPeerOnly(Loopback loopback) throws Exception {
    SocketAddress server = listen(loopback, ECHO);
    Inbox inbox = new Inbox();
    Datagrams client = get(Raw.datagrams(context, loopback.any(), server, inbox));
    try (DatagramSocket stranger = new DatagramSocket(loopback.any())) {
      byte[] lie = "a lie".getBytes(StandardCharsets.UTF_8);
      stranger.send(new DatagramPacket(lie, lie.length, client.local()));
    }
    send(client, "the truth", null);
    assertEquals(new Datagram("the truth", server), inbox.next());
  }

  @Test
  void aSocketOfBothFamiliesAnswersBoth() throws Exception {
    SocketAddress anywhere = context.datagrams(null, null, DatagramOptions.DEFAULT, ECHO);
    int port = ((InetSocketAddress) anywhere).getPort();
    for (Loopback loopback : Loopback.values()) {
      InetSocketAddress server = new InetSocketAddress(loopback.any().getAddress(), port);
      Inbox inbox = new Inbox();
      send(get(Raw.datagrams(context, null, server, inbox)), loopback.name(), null);
      assertEquals(new Datagram(loopback.name(), server), inbox.next());
    }
  }

  // ---- sizes

  @Test
  void theLargestDatagramArrivesWhole() throws Exception {
    byte[] largest = new byte[LARGEST];
    new Random(1).nextBytes(largest);
    SocketAddress server = listen(Loopback.IPV4, ECHO);
    Inbox inbox = new Inbox();
    Datagrams client = get(Raw.datagrams(context, null, server, inbox));
    assertTrue(on(client.loop(), () -> client.send(ByteBuffer.wrap(largest), null)));
    assertArrayEquals(largest, inbox.next().bytes());
  }

  @Test
  void oneThatIsTooLongIsLostAndTheSocketLivesOn() throws Exception {
    SocketAddress server = listen(Loopback.IPV4, ECHO);
    Inbox inbox = new Inbox();
    Datagrams client = get(Raw.datagrams(context, null, server, inbox));
    ByteBuffer tooLong = ByteBuffer.allocate(LARGEST + 1);
    assertTrue(on(client.loop(), () -> client.send(tooLong, null)));
    assertEquals(0, tooLong.remaining());
    send(client, "short", null);
    assertEquals(new Datagram("short", server), inbox.next());
  }

  @Test
  void anEmptyDatagramIsADatagram() throws Exception {
    SocketAddress server = listen(Loopback.IPV4, ECHO);
    Inbox inbox = new Inbox();
    send(get(Raw.datagrams(context, Loopback.IPV4.any(), null, inbox)), "", server);
    assertEquals(new Datagram("", server), inbox.next());
  }

  // ---- a receiver that stops

  /** What has come is kept by the system up to its buffer, the rest is lost; the sender goes on. */
  @Test
  void aPausedSocketKeepsWhatTheSystemHasRoomFor() throws Exception {
    int sent = 200;
    Inbox inbox = new Inbox();
    DatagramOptions small = new DatagramOptions(DatagramOptions.DEFAULT.socket().withBuffers(0, 1));
    SocketAddress at = context.datagrams(Loopback.IPV4.any(), null, small, inbox);
    Datagrams receiver = inbox.opened();
    on(
        receiver.loop(),
        () -> {
          receiver.pause();
          return null;
        });
    try (DatagramSocket sender = new DatagramSocket()) {
      for (int n = 0; n < sent; n++) {
        sender.send(new DatagramPacket(new byte[] {(byte) n}, 1, at));
      }
      assertNull(on(receiver.loop(), inbox::peek));
      on(
          receiver.loop(),
          () -> {
            receiver.resume();
            return null;
          });
      assertEquals(0, inbox.next().bytes()[0]);
      // Everything that was kept is read in the turns that follow; the marker comes behind it.
      int count = 1;
      byte[] marker = {-1};
      sender.send(new DatagramPacket(marker, 1, at));
      while (inbox.next().bytes()[0] != -1) {
        count++;
      }
      assertTrue(count < sent, () -> "nothing was lost although the buffer is small");
    }
  }

  // ---- what is not there

  @Test
  void aPortThatNobodyListensOnDoesNotEndTheSocket() throws Exception {
    InetSocketAddress nobody;
    try (DatagramSocket gone = new DatagramSocket(Loopback.IPV4.any())) {
      nobody = (InetSocketAddress) gone.getLocalSocketAddress();
    }
    Inbox inbox = new Inbox();
    Datagrams client = get(Raw.datagrams(context, null, nobody, inbox));
    for (int n = 0; n < 5; n++) {
      send(client, "anybody there?", null);
    }
    try (DatagramSocket late = new DatagramSocket(nobody)) {
      late.send(new DatagramPacket(new byte[] {'y'}, 1, client.local()));
      assertEquals(new Datagram("y", nobody), inbox.next());
    }
  }

  // ---- a socket of somebody else's

  @ParameterizedTest
  @EnumSource(Loopback.class)
  void aBoundChannelIsAdopted(Loopback loopback) throws Exception {
    DatagramChannel channel = DatagramChannel.open().bind(loopback.any());
    SocketAddress bound = channel.getLocalAddress();
    try (DatagramSocket before = new DatagramSocket(loopback.any())) {
      before.setSoTimeout(20_000);
      before.send(new DatagramPacket(new byte[] {'1'}, 1, bound));
      try (Context nio = Context.start(1, "nio")) {
        assertEquals(bound, nio.adoptDatagrams(channel, ECHO));
        DatagramPacket back = new DatagramPacket(new byte[9], 9);
        before.receive(back);
        assertEquals(1, back.getLength());
        assertEquals(bound, back.getSocketAddress());
      }
    }
  }

  // ---- what the tests share

  private SocketAddress listen(Loopback loopback, DatagramHandler handler) throws IOException {
    return context.datagrams(loopback.any(), null, DatagramOptions.DEFAULT, handler);
  }

  private static void send(Datagrams from, String text, @Nullable SocketAddress to)
      throws Exception {
    assertTrue(on(from.loop(), () -> from.send(StandardCharsets.UTF_8.encode(text), to)));
  }

  /** What came, and from whom. */
  private record Datagram(byte[] bytes, SocketAddress from) {
    Datagram(String text, SocketAddress from) {
      this(text.getBytes(StandardCharsets.UTF_8), from);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Datagram datagram
          && Arrays.equals(bytes, datagram.bytes)
          && from.equals(datagram.from);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return new String(bytes, StandardCharsets.UTF_8) + " from " + from;
    }
  }

  /** Keeps what comes. */
  private static final class Inbox implements DatagramHandler {
    private final BlockingQueue<Datagrams> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Datagram> received = new LinkedBlockingQueue<>();

    @Override
    public void opened(Datagrams datagrams) {
      opened.add(datagrams);
    }

    @Override
    public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received.add(new Datagram(bytes, from));
    }

    Datagrams opened() throws InterruptedException {
      return opened.poll(20, TimeUnit.SECONDS);
    }

    Datagram next() throws InterruptedException {
      return received.poll(20, TimeUnit.SECONDS);
    }

    @Nullable Datagram peek() {
      return received.peek();
    }
  }
}
