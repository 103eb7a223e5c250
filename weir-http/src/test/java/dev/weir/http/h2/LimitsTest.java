package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.Status;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every limit of {@link Http2Limits}: who stays below is served, who passes it is not. */
class LimitsTest {
  private static final long SECOND = 1_000_000_000L;

  private static Http2Limits.Builder limits() {
    return Http2Limits.builder();
  }

  private static void calm(ScriptedPeer peer, String limit) {
    assertEquals("GOAWAY ENHANCE_YOUR_CALM", peer.verdict());
    var failure = Objects.requireNonNull(peer.failure);
    var said = Objects.requireNonNull(failure.getMessage());
    assertTrue(said.contains("limit " + limit), said);
    assertEquals(0, peer.session.streamCount());
  }

  // ---- budgets: of 10 at once, and 5 a second

  /** What a peer can do again and again; {@code n} counts from 0. */
  record Flood(String what, String limit, BiConsumer<ScriptedPeer, Integer> once) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Flood idle(String what, BiConsumer<ScriptedPeer, Integer> once) {
    return new Flood(what, "idleFrames", once);
  }

  private static Flood provoked(String what, BiConsumer<ScriptedPeer, Integer> once) {
    return new Flood(what, "provokedResets", once);
  }

  static final List<Flood> floods =
      List.of(
          new Flood(
              "CVE-2023-44487 streams opened and reset",
              "resets",
              (p, n) -> p.get(2 * n + 3).reset(2 * n + 3, Http2ErrorCode.CANCEL)),
          provoked(
              "CVE-2025-8671 WINDOW_UPDATE by 0", (p, n) -> p.get(2 * n + 3).widen(2 * n + 3, 0)),
          provoked(
              "CVE-2025-8671 a window that passes the most",
              (p, n) -> p.get(2 * n + 3).widen(2 * n + 3, Integer.MAX_VALUE)),
          provoked(
              "CVE-2025-8671 DATA after the end",
              (p, n) -> p.get(2 * n + 3).data(2 * n + 3, 1, false)),
          provoked(
              "CVE-2025-8671 HEADERS after the end", (p, n) -> p.get(2 * n + 3).get(2 * n + 3)),
          provoked(
              "CVE-2025-8671 PRIORITY of 4 bytes",
              (p, n) -> p.get(2 * n + 3).frame(FrameType.PRIORITY, 0, 2 * n + 3, new byte[4])),
          provoked("malformed requests", (p, n) -> p.headers(2 * n + 3, true, "x: y")),
          idle("SETTINGS", (p, n) -> p.settings(Setting.ENABLE_PUSH, 0)),
          idle(
              "acknowledgments of no SETTINGS",
              (p, n) -> p.frame(FrameType.SETTINGS, FrameType.ACK, 0)),
          idle("PING", (p, n) -> p.ping(n, false)),
          idle("acknowledgments of no PING", (p, n) -> p.ping(n, true)),
          idle("PRIORITY", (p, n) -> p.frame(FrameType.PRIORITY, 0, 1, new byte[5])),
          idle(
              "PRIORITY_UPDATE",
              (p, n) -> p.frame(FrameType.PRIORITY_UPDATE, 0, 0, Frames.ints(1))),
          idle("WINDOW_UPDATE of the connection", (p, n) -> p.widen(0, 1)),
          idle("WINDOW_UPDATE of a stream", (p, n) -> p.widen(1, 1)),
          idle("empty DATA", (p, n) -> p.data(1, 0, false)),
          idle(
              "DATA of padding",
              (p, n) -> p.frame(FrameType.DATA, FrameType.PADDED, 1, (byte) 1, (byte) 0)),
          idle("RST_STREAM for closed streams", (p, n) -> p.reset(1, Http2ErrorCode.CANCEL)),
          idle("GOAWAY", (p, n) -> p.goAway(0, Http2ErrorCode.NO_ERROR)),
          idle("frames of unknown types", (p, n) -> p.frame(0x42, 0, 0)));

  private static ScriptedPeer victim(Flood flood) {
    var peer =
        ScriptedPeer.client(
            limits()
                .resets(10, 5)
                .provokedResets(10, 5)
                .idleFrames(flood.limit().equals("idleFrames") ? 12 : 100, 5)
                .build());
    peer.prepare = stream -> stream.answer = null;
    peer.greet();
    peer.post(1);
    peer.frames();
    if (flood.what().startsWith("RST_STREAM")) {
      peer.data(1, 0, true).stream(1).stream.reset(Http2ErrorCode.CANCEL);
      peer.frames();
    }
    return peer;
  }

  /** SETTINGS and their acknowledgment have taken two of the frames that carry nothing. */
  @ParameterizedTest
  @FieldSource("floods")
  void aFloodEndsTheConnection(Flood flood) {
    var peer = victim(flood);
    for (int n = 0; n < 10; n++) {
      flood.once().accept(peer, n);
      assertFalse(peer.session.isOver(), "after " + (n + 1));
    }
    flood.once().accept(peer, 10);
    flood.once().accept(peer, 11);
    calm(peer, flood.limit());
  }

  @ParameterizedTest
  @FieldSource("floods")
  void theSameInTheCourseOfTimeDoesNot(Flood flood) {
    var peer = victim(flood);
    for (int n = 0; n < 100; n++) {
      flood.once().accept(peer, n);
      peer.now += SECOND / 5;
      assertFalse(peer.session.isOver(), "after " + (n + 1));
    }
  }

  @Test
  void framesThatAnswerDataAreNoFlood() {
    var peer = ScriptedPeer.greetedClient(limits().idleFrames(10, 1).build());
    for (int id = 1; id < 1000; id += 2) {
      peer.get(id).widen(0, 5);
    }
    assertFalse(peer.session.isOver());
  }

  @Test
  void headersForStreamsThatWereResetAreAFlood() {
    var peer = ScriptedPeer.greetedClient(limits().idleFrames(10, 1).build());
    peer.post(1).stream(1).stream.reset(Http2ErrorCode.CANCEL);
    for (int n = 0; n < 12; n++) {
      peer.headers(1, true, "x: y");
    }
    calm(peer, "idleFrames");
  }

  /** A server that resets what it is asked does not harm the client that asked. */
  @Test
  void aClientTakesAnyNumberOfResets() {
    var peer = ScriptedPeer.greetedServer(limits().resets(1, 1).build());
    for (int n = 0; n < 50; n++) {
      int id = peer.open(true).stream.id();
      peer.reset(id, Http2ErrorCode.REFUSED_STREAM);
    }
    assertFalse(peer.session.isOver());
  }

  // ---- field sections

  @Test
  void continuationsHaveALimit() {
    for (int more = 4; more <= 5; more++) {
      var peer = ScriptedPeer.greetedClient(limits().continuations(4).build());
      peer.frame(FrameType.HEADERS, FrameType.END_STREAM, 1, peer.block(ScriptedPeer.GET));
      for (int n = 1; n < more; n++) {
        peer.frame(FrameType.CONTINUATION, 0, 1);
      }
      peer.frame(FrameType.CONTINUATION, FrameType.END_HEADERS, 1);
      if (more == 4) {
        assertTrue(peer.stream(1).ended);
      } else {
        calm(peer, "continuations");
      }
    }
  }

  @Test
  void aFieldSectionHasALimitBeforeItIsDecompressed() {
    for (int more = 0; more <= 1; more++) {
      var peer = ScriptedPeer.greetedClient(limits().headerBlockBytes(1024).build());
      peer.frame(FrameType.HEADERS, FrameType.END_STREAM, 1, blockOf(peer, 1000));
      peer.frame(FrameType.CONTINUATION, FrameType.END_HEADERS, 1, new byte[24 + more]);
      assertEquals(
          more == 0 ? "RST_STREAM 1 PROTOCOL_ERROR" : "GOAWAY ENHANCE_YOUR_CALM", peer.verdict());
    }
  }

  @Test
  void aFieldSectionInOneFrameHasTheSameLimit() {
    var peer = ScriptedPeer.greetedClient(limits().headerBlockBytes(1024).build());
    peer.frame(FrameType.HEADERS, FrameType.END_HEADERS, 1, blockOf(peer, 1024));
    assertFalse(peer.session.isOver());
    peer.frame(FrameType.HEADERS, FrameType.END_HEADERS, 3, new byte[1025]);
    calm(peer, "headerBlockBytes");
  }

  /** A block of so many bytes, whose octets Huffman's code does not shorten. */
  private static byte[] blockOf(ScriptedPeer peer, int bytes) {
    IntFunction<byte[]> block =
        length -> peer.block(ScriptedPeer.with(ScriptedPeer.GET, "x: " + "\\".repeat(length)));
    int length = bytes - block.apply(500).length + 500;
    var found = block.apply(length);
    assertEquals(bytes, found.length);
    return found;
  }

  /** HPACK bombs: a few octets that stand for many. */
  @Test
  void aFieldSectionHasALimitWhenItIsDecompressed() {
    var peer = ScriptedPeer.greetedClient();
    var bomb = "bomb: " + "b".repeat(900);
    peer.headers(1, true, ScriptedPeer.with(ScriptedPeer.GET, bomb));
    peer.headers(3, true, ScriptedPeer.with(ScriptedPeer.GET, bomb));
    var many = new String[100];
    java.util.Arrays.fill(many, bomb);
    var block = peer.block(ScriptedPeer.with(ScriptedPeer.GET, many));
    assertTrue(block.length < 150);
    peer.frame(FrameType.HEADERS, FrameType.END_HEADERS | FrameType.END_STREAM, 5, block);
    assertTrue(peer.events().contains("request 5 too large"));
    var head = Objects.requireNonNull(peer.stream(5).head);
    assertTrue(head.headers().size() < 10);
    // The connection goes on: 431 is an answer as any other.
    peer.get(7);
    assertTrue(peer.stream(7).ended);
  }

  @Test
  void theDecodersTableIsWhatWasAnnounced() {
    var peer = ScriptedPeer.client(limits().headerTableBytes(0).build());
    assertTrue(peer.frames().getFirst().contains(" 1=0 "));
    peer.greet();
    // The client has acknowledged, and does not say that it has emptied its table.
    peer.get(1);
    assertEquals("GOAWAY COMPRESSION_ERROR", peer.verdict());
  }

  @Test
  void theDecodersTableShrinksWhenTheClientSaysSo() {
    var peer = ScriptedPeer.client(limits().headerTableBytes(0).build());
    peer.greet();
    peer.encoder.maxTableSize(0);
    peer.get(1).get(3);
    assertTrue(peer.stream(3).ended);
  }

  // ---- streams

  @Test
  void oneMoreStreamIsRefused() {
    var peer = ScriptedPeer.greetedClient(limits().concurrentStreams(2).build());
    peer.post(1).post(3).post(5).data(5, 10, true);
    assertEquals(List.of("RST_STREAM 5 REFUSED_STREAM"), peer.frames());
    peer.data(1, 1, true).post(7);
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 5 END"), peer.frames());
    assertEquals(2, peer.session.streamCount());
  }

  // ---- windows

  /** Whatever a client sends, a server holds no more than it has announced. */
  @Test
  void aHandlerThatTakesNothingHoldsNoMoreThanTheWindow() {
    var peer = ScriptedPeer.greetedClient(limits().streamWindow(65_535, 65_535).build());
    peer.prepare = stream -> stream.takes = 0;
    peer.post(1).data(1, 16_384, false).data(1, 16_384, false).data(1, 16_384, false);
    peer.data(1, 16_383, false);
    assertEquals(List.of(), peer.frames());
    peer.data(1, 1, false);
    assertEquals("RST_STREAM 1 FLOW_CONTROL_ERROR", peer.verdict());
  }

  @Test
  void allHandlersTogetherHoldNoMoreThanTheConnectionsWindow() {
    var peer =
        ScriptedPeer.greetedClient(
            limits().streamWindow(65_535, 65_535).connectionWindow(100_000, 100_000).build());
    peer.frames();
    peer.prepare = stream -> stream.takes = 0;
    for (int id = 1; id < 9; id += 2) {
      peer.post(id).data(id, 16_000, false);
    }
    assertEquals("fine", peer.verdict());
    peer.post(9).data(9, 1600, false);
    assertEquals("GOAWAY FLOW_CONTROL_ERROR", peer.verdict());
  }

  @Test
  void theWindowsOpenAgainAsHandlersTake() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    for (int n = 0; n < 1000; n++) {
      peer.data(1, 16_384, false);
    }
    assertFalse(peer.session.isOver());
    assertEquals(16_384_000, peer.stream(1).received);
  }

  @Test
  void aPingThatWasNotSentDoesNotWidenAWindow() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.takes = 0;
    peer.post(1);
    for (int n = 0; n < 3; n++) {
      peer.data(1, 16_384, false).ping(ReceiveFlow.PROBE, true);
    }
    peer.frames();
    var stream = peer.stream(1);
    stream.takes = Long.MAX_VALUE;
    for (int n = 0; n < 20; n++) {
      peer.ping(ReceiveFlow.PROBE, true);
    }
    stream.stream.resume();
    peer.tellDelivery();
    assertEquals(List.of("WINDOW_UPDATE 1 49152"), peer.frames());
  }

  // ---- peers that do not read

  @Test
  void answersThatAreNotReadHaveALimit() {
    var peer = ScriptedPeer.greetedClient(limits().queuedControlBytes(1700).build());
    peer.room(0);
    for (int n = 0; n < 100; n++) {
      peer.ping(n, false);
    }
    assertFalse(peer.session.isOver());
    peer.ping(100, false);
    peer.unlimitedRoom();
    calm(peer, "queuedControlBytes");
  }

  /** Requests that are answered by a head alone leave nothing open that would count. */
  @Test
  void headsThatAreNotReadHaveALimit() {
    var peer = ScriptedPeer.greetedClient(limits().queuedControlBytes(2000).build());
    peer.prepare =
        stream -> {
          stream.answer = null;
          stream.stream.respond(Status.NO_CONTENT, Headers.of("X", "y".repeat(90)), -1, null, true);
        };
    peer.room(0);
    int served = 0;
    while (!peer.session.isOver() && served < 10_000) {
      peer.get(2 * served++ + 1);
    }
    peer.unlimitedRoom();
    calm(peer, "queuedControlBytes");
    assertTrue(served < 250, served + " requests");
  }

  @Test
  void headsThatAreReadHaveNone() {
    var peer = ScriptedPeer.greetedClient(limits().queuedControlBytes(2000).build());
    peer.prepare =
        stream -> {
          stream.answer = null;
          stream.stream.respond(Status.NO_CONTENT, Headers.of("X", "y".repeat(90)), -1, null, true);
        };
    for (int id = 1; id < 2000; id += 2) {
      peer.get(id);
    }
    assertFalse(peer.session.isOver());
  }

  /** Windows of zero: nothing is queued for streams that cannot send. */
  @Test
  void streamsThatCannotSendHoldNothing() {
    var peer = ScriptedPeer.greetedClient();
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 0);
    for (int id = 1; id < 257; id += 2) {
      peer.get(id);
    }
    assertEquals(128, peer.session.streamCount());
    assertTrue(peer.frames().stream().noneMatch(f -> f.startsWith("DATA")));
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 2);
    peer.tellWritable();
    assertEquals(128, peer.frames().stream().filter(f -> f.startsWith("DATA")).count());
  }

  // ---- the limits themselves

  @Test
  void everyLimitLetsSomethingThrough() {
    assertInvalid(limits().concurrentStreams(0));
    assertInvalid(limits().headerBlockBytes(1023));
    assertInvalid(limits().continuations(-1));
    assertInvalid(limits().headerTableBytes(-1));
    assertInvalid(limits().streamWindow(65_534, 65_535));
    assertInvalid(limits().streamWindow(70_000, 69_999));
    assertInvalid(limits().connectionWindow(65_534, 65_535));
    assertInvalid(limits().connectionWindow(70_000, 69_999));
    assertInvalid(limits().resets(0, 1));
    assertInvalid(limits().resets(1, 0));
    assertInvalid(limits().provokedResets(0, 1));
    assertInvalid(limits().provokedResets(1, 0));
    assertInvalid(limits().idleFrames(0, 1));
    assertInvalid(limits().idleFrames(1, 0));
    assertInvalid(limits().queuedControlBytes(1023));
    assertEquals(Http2Limits.DEFAULTS, limits().build());
  }

  private static void assertInvalid(Http2Limits.Builder builder) {
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
