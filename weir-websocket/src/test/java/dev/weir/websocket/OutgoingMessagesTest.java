package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.server.HttpServer;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits to be sent: its order, its limit, and the close behind it. */
class OutgoingMessagesTest {

  private static final int MEGABYTE = 1 << 20;

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost near = net.host("near");
  private final SimHost far = net.host("far");
  private final Side server = new Side();
  private final Side client = new Side();

  /** Notes what it hears. */
  private static final class Side implements WebSocketHandler {
    final List<String> heard = new ArrayList<>();
    @Nullable WebSocket socket;
    @Nullable String lastText;

    @Override
    public void opened(WebSocket ws) {
      socket = ws;
    }

    @Override
    public void text(WebSocket ws, String message) {
      lastText = message;
      heard.add(message.length() > 10 ? message.length() + " letters" : message);
    }

    @Override
    public void binary(WebSocket ws, ByteBuffer data) {
      heard.add(data.remaining() + " bytes");
    }

    @Override
    public void closed(WebSocket ws, int code, String reason) {
      heard.add("closed " + code);
    }

    void onLoop(Runnable what) {
      socket.loop().execute(what);
    }
  }

  @BeforeEach
  void open() {
    net.conditions(LinkConditions.PERFECT.withBandwidth(200_000));
    net.conditions(HostConditions.DEFAULT.withDurations(Duration.ZERO, Duration.ZERO));
    var endpoint = WebSocketEndpoint.of(() -> server);
    Listener listener = far.context(1).listen(far.address(80), HttpServer.of(endpoint).acceptor());
    WebSocketClient.on(near.context(1), NoTls.CONTEXT)
        .with(WebSocketConfig.CLIENT.withValidity(null))
        .withEndpoint(Endpoint.of(listener.address()))
        .open("ws://far/", client);
    net.runUntil(() -> client.socket != null && server.socket != null);
    listener.close();
  }

  private void end() {
    client.socket.close();
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  /** However it is sent, a message for many leaves compressed, whole or in pieces. */
  @ParameterizedTest
  @CsvSource({
    "100, true",
    "100, false",
    "30000, true",
    "30000, false",
    "500000, true",
    "500000, false"
  })
  void aBroadcastIsCompressed(int length, boolean onLoop) {
    // Digits at random need less than half of their room.
    EncodedMessage message = EncodedMessage.text(digits(length));
    long before = client.socket.carrier().bytesIn();
    Runnable send = () -> server.socket.send(message);
    if (onLoop) {
      server.onLoop(send);
    } else {
      send.run();
    }
    net.run(Duration.ofSeconds(5));
    assertEquals(List.of(length + " letters"), client.heard);
    assertTrue(client.socket.carrier().bytesIn() - before < length * 0.7);
    assertEquals(0, server.socket.queuedBytes());
    end();
  }

  /** What is too short to be worth it, or does not shrink, leaves as it is. */
  @Test
  void aBroadcastThatWouldNotShrinkIsNotCompressed() {
    ByteBuffer noise = noise();
    long before = client.socket.carrier().bytesIn();
    server.onLoop(() -> server.socket.send(EncodedMessage.text("********")));
    server.onLoop(() -> server.socket.send(EncodedMessage.binary(noise)));
    net.run(Duration.ofSeconds(5));
    assertEquals(List.of("********", "262144 bytes"), client.heard);
    assertTrue(client.socket.carrier().bytesIn() - before >= 10 + 262144);
    end();
  }

  /**
   * The peer's history has a broadcast that was compressed elsewhere, this connection's has not: a
   * message after it must not refer back to one before it.
   */
  @Test
  void aMessageAfterABroadcastDoesNotReferToOneBeforeIt() {
    String one = digits(9);
    server.onLoop(() -> {
      server.socket.send(one.repeat(20));
      server.socket.send(EncodedMessage.text(digits(500)));
      server.socket.send(one.repeat(30));
    });
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of("180 letters", "500 letters", "270 letters"), client.heard);
    assertEquals(one.repeat(30), client.lastText);
    end();
  }

  /** The same where the broadcast has to wait behind what does not fit. */
  @Test
  void norDoesOneBehindABroadcastThatHadToWait() {
    String one = digits(9);
    server.onLoop(() -> {
      server.socket.send(noise());
      server.socket.send(one.repeat(20));
      server.socket.send(EncodedMessage.text(digits(500)));
      server.socket.send(one.repeat(30));
    });
    net.run(Duration.ofSeconds(10));
    assertEquals(
        List.of("262144 bytes", "180 letters", "500 letters", "270 letters"), client.heard);
    assertEquals(one.repeat(30), client.lastText);
    end();
  }

  private String digits(int length) {
    var digits = new StringBuilder();
    net.random().ints(length, '0', '9' + 1).forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /** Compressed messages before and after a broadcast keep their place. */
  @Test
  void broadcastsKeepTheirPlace() {
    server.onLoop(() -> {
      server.socket.send(ByteBuffer.allocate(MEGABYTE / 2));
      server.socket.send("*".repeat(200));
      server.socket.send(EncodedMessage.text("all"));
      server.socket.send("one");
    });
    net.run(Duration.ofSeconds(10));
    assertEquals(List.of("524288 bytes", "200 letters", "all", "one"), client.heard);
    end();
  }

  /** A slow peer gets all that was sent before the close, however long it takes. */
  @Test
  void theCloseWaitsForWhatIsTaken() {
    server.onLoop(() -> {
      for (int n = 0; n < 10; n++) {
        server.socket.send(noise());
      }
      server.socket.close();
      assertFalse(server.socket.isOpen());
      server.socket.send("too late");
    });
    net.runUntilIdle();
    List<String> expected = new ArrayList<>(List.of("closed 1000"));
    for (int n = 0; n < 10; n++) {
      expected.addFirst("262144 bytes");
    }
    assertEquals(expected, client.heard);
    assertEquals(List.of("closed 1000"), server.heard);
    assertEquals(0, server.socket.queuedBytes());
    net.assertNothingLeft();
  }

  /** A peer that takes nothing has the time of a close, and no more. */
  @Test
  void theCloseDoesNotWaitForEver() {
    client.onLoop(client.socket::pause);
    server.onLoop(() -> {
      for (int n = 0; n < 10; n++) {
        server.socket.send(noise());
      }
      server.socket.close();
    });
    net.run(Duration.ofSeconds(30));
    assertEquals(List.of("closed 1006"), server.heard);
    client.onLoop(client.socket::resume);
    net.runUntilIdle();
    net.assertNothingLeft();
  }

  @Test
  void aCloseThatMayNotTravelIsRefusedWhereItIsAskedFor() {
    assertThrows(IllegalArgumentException.class, () -> client.socket.close(1005, "why"));
    assertThrows(IllegalArgumentException.class, () -> client.socket.close(1006, ""));
    assertThrows(IllegalArgumentException.class, () -> client.socket.close(1000, "x".repeat(124)));
    assertTrue(client.socket.isOpen());
    end();
  }

  /** A quarter of a megabyte that does not compress. */
  private ByteBuffer noise() {
    var bytes = new byte[MEGABYTE / 4];
    net.random().nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
