package dev.weir.websocket;

import dev.weir.http.server.HttpServer;
import dev.weir.loop.Loop;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.Listener;
import dev.weir.net.Validity;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.Scenario;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.websocket.deflate.CompressorPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Clients and servers that talk over WebSockets, on a network that may do anything that networks
 * do, over HTTP/2 all on one connection. In the end every message has come, or the code and the
 * reason of the end say why not.
 */
final class WebSocketScenario implements Scenario {

  private final CarriedBy by;
  int inOrder;
  int cut;

  WebSocketScenario(CarriedBy by) {
    this.by = by;
  }

  @Override
  public Runnable begin(SimNetwork network) {
    RandomGenerator random = network.random();
    SimHost server = network.host("server");
    SimHost client = network.host("client");
    network.conditions(LinkConditions.hostile(random));
    server.conditions(HostConditions.hostile(random));
    client.conditions(HostConditions.hostile(random));
    Context serving = server.context(1);
    Context connecting = client.context(1);
    WebSocketConfig serverSide = config(WebSocketConfig.SERVER, random);
    WebSocketConfig clientSide = config(WebSocketConfig.CLIENT, random);
    Map<String, Talker> there = new HashMap<>();
    WebSocketEndpoint endpoint =
        WebSocketEndpoint.of(request -> Objects.requireNonNull(there.get(request.path())))
            .with(serverSide);
    Listener listener = serving.listen(server.address(80), HttpServer.of(endpoint).acceptor());
    network.after(Duration.ofMinutes(10), listener::close);
    WebSocketClient http =
        WebSocketClient.on(by.client(connecting))
            .with(clientSide)
            .withTimeout(Duration.ofMinutes(1))
            .withEndpoint(Endpoint.of(listener.address()));
    List<Runnable> checks = new ArrayList<>();
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      var remote = new Talker("server", network);
      there.put("/" + n, remote);
      checks.add(pair(network, http, "ws://server/" + n, remote));
    }
    return () -> {
      checks.forEach(Runnable::run);
      for (Context context : List.of(serving, connecting)) {
        for (Loop loop : context.loops()) {
          int lent = loop.local(CompressorPool.class, CompressorPool::new).lent();
          if (lent != 0) {
            throw new AssertionError(lent + " compressors are still lent");
          }
        }
      }
    };
  }

  private Runnable pair(SimNetwork network, WebSocketClient client, String uri, Talker there) {
    var here = new Talker("client", network);
    CompletableFuture<WebSocket> opening = client.open(uri, here);
    network.after(Duration.ofMinutes(10), here::closeAtLast);
    network.after(Duration.ofMinutes(10), there::closeAtLast);
    return () -> {
      here.verify(there);
      there.verify(here);
      if (!opening.isDone() || opening.isCompletedExceptionally() == here.wasOpened()) {
        throw new AssertionError("opening is " + opening + ", but " + here);
      }
      if (here.endedInOrder() && there.endedInOrder()) {
        inOrder++;
      } else {
        cut++;
      }
    };
  }

  private static WebSocketConfig config(WebSocketConfig from, RandomGenerator random) {
    WebSocketConfig config =
        from.withStreamed(random.nextBoolean())
            .withMaxQueuedBytes(1 << random.nextInt(8, 20))
            .withCloseTimeout(Duration.ofMillis(1 + random.nextInt(20_000)))
            .withValidity(
                random.nextBoolean()
                    ? null
                    : new Validity.Policy(
                        Duration.ofMillis(1 + random.nextInt(5_000)), Duration.ofSeconds(20)));
    DeflateSettings settings = from.deflate();
    if (settings == null || random.nextBoolean()) {
      return config.withDeflate(null);
    }
    return config.withDeflate(
        settings
            .withLeastBytes(random.nextInt(100))
            .withTakeover(random.nextBoolean(), random.nextBoolean())
            .withWindowBits(random.nextInt(8, 16), random.nextInt(8, 16)));
  }
}
