package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.stream.StreamHandler;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A server on a simulated network, of which nothing may be left. */
abstract class OverSimNetwork {

  static final Duration WHILE = Duration.ofMillis(100);

  final SimNetwork net = new SimNetwork(1);
  final SimHost server = net.host("server");
  final Context serving = server.context(1);

  @AfterEach
  void nothingIsLeft() {
    net.runUntilIdle();
    serving.close();
    net.runUntilIdle();
    assertEquals(0, server.openSockets());
    assertEquals(0, serving.connections());
    assertEquals(0, serving.loop().timers());
    assertEquals(0, serving.loop().buffers().lent());
  }

  /** A peer of a stream that has this handler. */
  final TestPeer connectTo(StreamHandler handler) {
    serving.listen(server.address(80), stream -> handler);
    TestPeer peer = TestPeer.connect(net, "client", server.address(80));
    net.run(WHILE);
    return peer;
  }

  /** Bytes that are not the same again soon. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int n = 0; n < length; n++) {
      bytes[n] = (byte) (n * 31 + (n >> 10));
    }
    return bytes;
  }
}
