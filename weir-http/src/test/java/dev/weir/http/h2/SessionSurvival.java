package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.stream.StreamException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Whole connections, fed with recordings and what a fuzzer makes of them: nothing escapes, nothing
 * grows beyond its limit, it makes no difference where the bytes are cut, and no stream outlives
 * its connection. The first byte of the input says where it is cut and how much handlers take.
 */
final class SessionSurvival {
  private static final Http2Limits LIMITS =
      Http2Limits.builder()
          .concurrentStreams(8)
          .headerBlockBytes(2048)
          .continuations(3)
          .connectionWindow(65_535, 131_072)
          .resets(5, 1)
          .provokedResets(5, 1)
          .idleFrames(30, 1)
          .queuedControlBytes(1024)
          .build();

  private SessionSurvival() {}

  /** What clients send, recorded. */
  static Stream<byte[]> clients() {
    return Stream.of(
            ServerConformanceTest.frames,
            ServerConformanceTest.streams,
            ServerConformanceTest.definitions,
            ServerConformanceTest.messages,
            ServerConformanceTest.hpack)
        .flatMap(cases -> cases.stream())
        .map(each -> {
          var peer = ScriptedPeer.greetedClient();
          each.script().accept(peer);
          return seed(peer);
        })
        .filter(seed -> seed.length < 4096);
  }

  /** What servers send, recorded. */
  static Stream<byte[]> servers() {
    return Stream.of(
            ClientConformanceTest.frames,
            ClientConformanceTest.streams,
            ClientConformanceTest.messages)
        .flatMap(cases -> cases.stream())
        .map(each -> {
          var peer = ClientConformanceTest.asked();
          each.script().accept(peer);
          return seed(peer);
        })
        .filter(seed -> seed.length < 4096);
  }

  private static byte[] seed(ScriptedPeer peer) {
    return Frames.join(new byte[] {1}, peer.recording());
  }

  /** A recording with a few bytes changed, or some of it repeated. */
  static byte[] mutated(byte[] recording, Random random) {
    var bytes = recording.clone();
    bytes[0] = (byte) random.nextInt(16);
    int from = Math.min(bytes.length - 1, random.nextBoolean() ? 25 : 55);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = from + random.nextInt(bytes.length - from);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt(10);
        default -> bytes = repeated(bytes, at, random.nextInt(30));
      }
    }
    return bytes;
  }

  private static byte[] repeated(byte[] bytes, int at, int length) {
    int end = Math.min(bytes.length, at + length);
    return Frames.join(
        Arrays.copyOf(bytes, end),
        Arrays.copyOfRange(bytes, at, end),
        Arrays.copyOfRange(bytes, end, bytes.length));
  }

  /** Feeds it to a session, as a whole and cut, and ends both. */
  static void survives(byte[] data, boolean server) {
    int seed = data.length == 0 ? 0 : data[0];
    var bytes = Arrays.copyOfRange(data, Math.min(1, data.length), data.length);
    var whole = peer(server, seed);
    whole.bytes(bytes);
    var cut = peer(server, seed);
    var random = new Random(seed);
    for (int at = 0, to; at < bytes.length; at = to) {
      to = Math.min(bytes.length, at + 1 + random.nextInt(20));
      cut.bytes(Arrays.copyOfRange(bytes, at, to));
      assertTrue(cut.left() < FrameType.HEADER_BYTES + FrameReader.MAX_FRAME);
    }
    if ((seed & 2) == 0) {
      assertEquals(whole.events, cut.events);
    }
    end(whole);
    end(cut);
  }

  private static ScriptedPeer peer(boolean server, int seed) {
    var peer = server ? ScriptedPeer.client(LIMITS) : ScriptedPeer.server(LIMITS);
    peer.prepare =
        stream -> {
          stream.takes = (seed & 2) == 0 ? Long.MAX_VALUE : 10;
          if ((seed & 4) != 0) {
            stream.answer = null;
          }
        };
    if (!server) {
      peer.open(true);
      peer.open(false);
    }
    if ((seed & 8) != 0) {
      peer.room(0);
    }
    return peer;
  }

  private static void end(ScriptedPeer peer) {
    assertTrue(peer.session.streamCount() <= LIMITS.concurrentStreams());
    assertTrue(peer.queued() < 16 << 10, "queued " + peer.queued());
    if (peer.session.isOver()) {
      assertEquals(0, peer.session.streamCount());
    }
    for (var stream : peer.streams.values()) {
      stream.takes = Long.MAX_VALUE;
      stream.stream.resume();
    }
    peer.tellDelivery();
    peer.session.carrierClosed(new StreamException.Aborted("test", -1, "gone", null));
    assertEquals(0, peer.session.streamCount());
    for (var stream : peer.streams.values()) {
      assertTrue(stream.stream.isClosed());
      assertTrue(stream.ended || stream.failed, "neither end was told");
      stream.stream.reset(Http2ErrorCode.CANCEL);
    }
  }
}
