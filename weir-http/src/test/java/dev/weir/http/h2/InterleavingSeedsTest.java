package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client and a server on a way that is cut and stopped anywhere, with handlers that pause and
 * reset: what is sent arrives, all streams end, and nothing is left over.
 */
class InterleavingSeedsTest {
  private static final int RUNS = 250;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void loseNothing(int part) {
    for (int seed = part * RUNS; seed < (part + 1) * RUNS; seed++) {
      new Run(seed).toTheEnd();
    }
  }

  private static final class Run {
    final int seed;
    final Random random;
    final ScriptedPeer server;
    final ScriptedPeer client;
    final Map<Integer, Integer> bodies = new HashMap<>();
    final Map<Integer, Integer> answers = new HashMap<>();
    final Set<Integer> reset = new HashSet<>();
    byte[] toServer = {};
    byte[] toClient = {};

    Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.server = ScriptedPeer.client(limits());
      this.client = ScriptedPeer.server(limits());
      server.prepare =
          stream -> {
            int length = size();
            answers.put(stream.stream.id(), length);
            stream.answer = ByteBuffer.allocate(length);
            stream.takes = random.nextInt(3) == 0 ? size() : Long.MAX_VALUE;
          };
    }

    Http2Limits limits() {
      return Http2Limits.builder()
          .connectionWindow(65_535, 65_535 << random.nextInt(4))
          .streamWindow(65_535, 65_535 << random.nextInt(4))
          .concurrentStreams(4)
          .resets(1000, 1000)
          .idleFrames(100_000, 1000)
          .build();
    }

    int size() {
      return random.nextInt(1 << random.nextInt(19));
    }

    void toTheEnd() {
      for (int step = 0; step < 150; step++) {
        act();
      }
      client.unlimitedRoom();
      server.unlimitedRoom();
      for (int turn = 0; turn < 5000 && !isQuiet(); turn++) {
        openUp(server);
        openUp(client);
        carry(Integer.MAX_VALUE);
        client.tellWritable();
        server.tellWritable();
      }
      openUp(server);
      openUp(client);
      assertFalse(server.session.isOver(), this::toString);
      assertFalse(client.session.isOver(), this::toString);
      assertEquals(0, client.session.streamCount(), this::toString);
      assertEquals(0, server.session.streamCount(), this::toString);
      client.streams.forEach(this::check);
    }

    boolean isQuiet() {
      return toServer.length == 0
          && toClient.length == 0
          && client.session.streamCount() == 0
          && server.session.streamCount() == 0;
    }

    void check(int id, TestStream asked) {
      if (reset.contains(id)) {
        return;
      }
      assertTrue(asked.ended, () -> this + " stream " + id);
      assertEquals(answers.get(id).longValue(), asked.received, this::toString);
      assertEquals(bodies.get(id).longValue(), server.stream(id).received, this::toString);
    }

    void openUp(ScriptedPeer peer) {
      for (var stream : peer.streams.values()) {
        stream.takes = Long.MAX_VALUE;
        stream.stream.resume();
      }
      peer.tellDelivery();
    }

    void act() {
      switch (random.nextInt(10)) {
        case 0, 1 -> open();
        case 2 -> cut(random.nextBoolean() ? server : client);
        case 3 -> (random.nextBoolean() ? server : client).room(random.nextInt(40_000));
        case 4 -> openUp(random.nextBoolean() ? server : client);
        case 5 -> {
          client.unlimitedRoom();
          server.unlimitedRoom();
        }
        default -> {
          carry(1 + size());
          client.tellWritable();
          server.tellWritable();
        }
      }
    }

    void open() {
      if (client.session.mayOpen() && client.session.settingsReceived()) {
        var head = new Http2RequestHead(Method.POST, "http", "a", "/", null, Headers.of());
        var asked = client.open(head, false);
        int length = size();
        bodies.put(asked.stream.id(), length);
        asked.takes = random.nextInt(3) == 0 ? size() : Long.MAX_VALUE;
        asked.send(ByteBuffer.allocate(length));
      }
    }

    void cut(ScriptedPeer peer) {
      if (random.nextInt(3) == 0) {
        var open = peer.streams.values().stream().filter(s -> !s.stream.isClosed()).toList();
        if (!open.isEmpty()) {
          var stream = open.get(random.nextInt(open.size())).stream;
          reset.add(stream.id());
          stream.reset(Http2ErrorCode.CANCEL);
        }
      }
    }

    void carry(int most) {
      toServer = Frames.join(toServer, client.take());
      toClient = Frames.join(toClient, server.take());
      int up = Math.min(most, toServer.length);
      server.bytes(Arrays.copyOf(toServer, up));
      toServer = Arrays.copyOfRange(toServer, up, toServer.length);
      int down = Math.min(most, toClient.length);
      client.bytes(Arrays.copyOf(toClient, down));
      toClient = Arrays.copyOfRange(toClient, down, toClient.length);
    }

    @Override
    public String toString() {
      return "seed " + seed + " " + server.failure + " " + client.failure;
    }
  }
}
