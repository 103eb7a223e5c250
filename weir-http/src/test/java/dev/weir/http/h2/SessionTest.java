package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.stream.StreamException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One connection, as a server and as a client: exchanges in order, and how they end. */
class SessionTest {
  private static final Http2Limits LIMITS = Http2Limits.DEFAULTS;

  // ---- beginnings

  @Test
  void aServerBeginsWithItsSettings() {
    var peer = ScriptedPeer.client(LIMITS);
    assertEquals(
        List.of("SETTINGS 3=128 4=65535 6=8192 1=4096 8=1 9=1", "WINDOW_UPDATE 0 983041"),
        peer.frames());
    peer.greet();
    assertEquals(List.of("SETTINGS ACK"), peer.frames());
    assertTrue(peer.session.settingsReceived());
    assertTrue(peer.session.settingsAcknowledged());
  }

  @Test
  void aClientBeginsWithThePrefaceAndItsSettings() {
    var peer = ScriptedPeer.server(LIMITS);
    assertEquals(
        List.of("SETTINGS 2=0 4=65535 6=8192 1=4096", "WINDOW_UPDATE 0 983041"), peer.frames());
    assertFalse(peer.session.settingsReceived());
    peer.settings(8, 1);
    assertTrue(peer.session.peerTakesConnect());
    assertEquals(List.of("SETTINGS ACK"), peer.frames());
  }

  @Test
  void theFirstFrameIsSettings() {
    var peer = ScriptedPeer.client(LIMITS);
    peer.bytes(Frames.PREFACE).ping(1, false);
    assertEquals("GOAWAY PROTOCOL_ERROR", peer.verdict());
    var other = ScriptedPeer.server(LIMITS);
    other.frame(FrameType.SETTINGS, FrameType.ACK, 0);
    assertEquals("GOAWAY PROTOCOL_ERROR", other.verdict());
  }

  // ---- exchanges

  @Test
  void aServerAnswers() {
    var peer = ScriptedPeer.greetedClient();
    peer.get(1);
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 5 END"), peer.frames());
    assertEquals(List.of("settings", "request 1 GET /", "ended 1"), peer.events());
    assertEquals(0, peer.session.streamCount());
  }

  @Test
  void aServerTakesABodyAndTrailers() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1).data(1, 100, false).data(1, 200, false).headers(1, true, "x: y");
    assertEquals(300, peer.stream(1).received);
    assertEquals(List.of("settings", "request 1 POST /", "ended 1 x: y"), peer.events());
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 5 END"), peer.frames());
  }

  @Test
  void aServerSendsInterimHeadsAndTrailers() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.get(1);
    var stream = peer.stream(1).stream;
    stream.respond(Status.EARLY_HINTS, Headers.of("Link", "</a>"), -1, null, false);
    stream.respond(Status.OK, Headers.of("Connection", "close"), 3, "now", false);
    assertEquals(3, stream.write(ByteBuffer.allocate(3), false));
    stream.end(Headers.of("Checksum", "1"));
    assertEquals(
        List.of(
            "HEADERS 1, :status: 103, link: </a>",
            "HEADERS 1, :status: 200, date: now, content-length: 3",
            "DATA 1 3",
            "HEADERS 1 END, checksum: 1"),
        peer.frames());
    assertTrue(stream.isClosed());
    assertEquals(0, stream.write(ByteBuffer.allocate(1), true));
    stream.end(Headers.of());
    stream.respond(Status.OK, Headers.of(), -1, null, true);
    assertEquals(List.of(), peer.frames());
  }

  @Test
  void aClientAsksAndIsAnswered() {
    var peer = ScriptedPeer.greetedServer();
    peer.events();
    var asked = peer.open(true, "Accept: x", "Connection: y");
    assertEquals(
        List.of(
            "HEADERS 1 END, :method: GET, :scheme: http, :authority: localhost, :path: /,"
                + " accept: x"),
        peer.frames());
    peer.headers(1, false, ":status: 103").headers(1, false, ":status: 200", "content-length: 4");
    peer.data(1, 4, true);
    assertEquals(List.of("response 1 103", "response 1 200", "ended 1"), peer.events());
    assertEquals(4, asked.received);
    assertEquals(0, peer.session.streamCount());
  }

  @Test
  void aClientNumbersItsStreams() {
    var peer = ScriptedPeer.greetedServer();
    assertEquals(1, peer.open(true).stream.id());
    assertEquals(3, peer.open(true).stream.id());
    assertEquals(5, peer.open(true).stream.id());
  }

  @Test
  void aClientKeepsTheServersConcurrency() {
    var peer = ScriptedPeer.greetedServer();
    peer.settings(3, 1);
    peer.open(true);
    assertFalse(peer.session.mayOpen());
    assertThrows(IllegalStateException.class, () -> peer.open(true));
    peer.headers(1, true, ":status: 204");
    assertTrue(peer.session.mayOpen());
  }

  @Test
  void aMethodMayBeLong() {
    var peer = ScriptedPeer.greetedServer();
    var method = Method.of("M".repeat(300));
    peer.room(0);
    peer.open(new Http2RequestHead(method, "http", "a", "/", null, Headers.of()), true);
    peer.unlimitedRoom();
    assertEquals(
        List.of("HEADERS 1 END, :method: " + method + ", :scheme: http, :authority: a, :path: /"),
        peer.frames());
  }

  @Test
  void aProtocolMayBeLong() {
    var peer = ScriptedPeer.greetedServer();
    var protocol = "p".repeat(300);
    peer.room(0);
    peer.open(
        new Http2RequestHead(Method.CONNECT, "https", "a", "/", protocol, Headers.of()), false);
    peer.unlimitedRoom();
    assertTrue(peer.frames().getFirst().endsWith(":protocol: " + protocol));
  }

  // ---- bodies of no content

  @Test
  void aResponseToHeadHasLengthAndNoContent() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(new Http2RequestHead(Method.HEAD, "http", "a", "/", null, Headers.of()), true);
    peer.headers(1, true, ":status: 200", "content-length: 9");
    assertTrue(peer.stream(1).ended);
  }

  @Test
  void contentWhereNoneCanBeIsMalformed() {
    for (var status : List.of("204", "304")) {
      var peer = ScriptedPeer.greetedServer();
      peer.open(true);
      peer.headers(1, false, ":status: " + status).data(1, 1, true);
      assertEquals("RST_STREAM 1 PROTOCOL_ERROR", peer.verdict());
    }
    var peer = ScriptedPeer.greetedServer();
    peer.open(new Http2RequestHead(Method.HEAD, "http", "a", "/", null, Headers.of()), true);
    peer.headers(1, false, ":status: 200").data(1, 1, true);
    assertEquals("RST_STREAM 1 PROTOCOL_ERROR", peer.verdict());
  }

  @Test
  void anEmptyDataFrameEndsAResponseWithoutContent() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(true);
    peer.headers(1, false, ":status: 204").data(1, 0, true);
    assertTrue(peer.stream(1).ended);
  }

  // ---- resets

  @Test
  void aResetEndsAStreamAndNoOther() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1).post(3).reset(1, Http2ErrorCode.CANCEL).data(3, 1, true);
    assertTrue(peer.stream(1).failed);
    assertTrue(peer.stream(3).ended);
    assertEquals(List.of("HEADERS 3, :status: 200", "DATA 3 5 END"), peer.frames());
  }

  @Test
  void whatWasOnItsWayWhenWeResetIsDropped() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.stream(1).stream.reset(Http2ErrorCode.CANCEL);
    peer.data(1, 100, false).headers(1, true, "x: y").widen(1, 5).reset(1, Http2ErrorCode.CANCEL);
    assertEquals("RST_STREAM 1 CANCEL", peer.verdict());
    assertFalse(peer.stream(1).failed);
  }

  @Test
  void refusedIsUnprocessed() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(true);
    peer.open(true);
    peer.reset(1, Http2ErrorCode.REFUSED_STREAM).reset(3, Http2ErrorCode.CANCEL);
    assertTrue(peer.stream(1).unprocessed);
    assertFalse(peer.stream(3).unprocessed);
  }

  /** RFC 9113 8.1: a response that is complete is not lost because the rest is not wanted. */
  @Test
  void aCompleteResponseSurvivesTheResetBehindIt() {
    var peer = ScriptedPeer.greetedServer();
    var asked = peer.open(false);
    asked.takes = 0;
    peer.headers(1, false, ":status: 413").data(1, 10, true).reset(1, Http2ErrorCode.NO_ERROR);
    assertFalse(asked.failed);
    assertEquals(0, asked.stream.write(ByteBuffer.allocate(1), false));
    assertEquals(0, peer.session.streamCount());
    asked.takes = 10;
    asked.stream.resume();
    peer.tellDelivery();
    assertTrue(asked.ended);
    assertEquals(10, asked.received);
  }

  /** A client that resets what it waits for does not want it, whatever the code. */
  @Test
  void aServersStreamEndsByAnyReset() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.get(1).reset(1, Http2ErrorCode.NO_ERROR);
    assertTrue(peer.stream(1).failed);
  }

  // ---- the end of the connection

  @Test
  void allStreamsEndWithTheCarrier() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1).post(3);
    peer.frames();
    peer.session.carrierClosed(new StreamException.Aborted("test", -1, "gone", null));
    assertTrue(peer.stream(1).failed);
    assertTrue(peer.stream(3).failed);
    assertEquals(0, peer.session.streamCount());
    assertEquals(List.of(), peer.frames());
  }

  @Test
  void streamsOnWhichMoreWasToComeEndWithTheInput() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.post(1).get(3);
    peer.session.inputEnded(new StreamException.Aborted("test", -1, "gone", null));
    assertTrue(peer.stream(1).failed);
    assertFalse(peer.stream(3).failed);
    assertEquals(1, peer.session.streamCount());
  }

  /** A carrier that has gone is asked for nothing, even if a window would be due. */
  @Test
  void aCarrierThatHasGoneIsLeftAlone() {
    var peer =
        ScriptedPeer.greetedClient(Http2Limits.builder().connectionWindow(65_535, 65_535).build());
    peer.prepare = stream -> stream.takes = 0;
    peer.post(1).data(1, 16_384, false).data(1, 16_384, false).data(1, 16_384, false);
    peer.frames();
    peer.room(0);
    peer.session.carrierClosed(new StreamException.Aborted("test", -1, "gone", null));
    assertFalse(peer.writableWanted);
    peer.unlimitedRoom();
    assertEquals(List.of(), peer.frames());
  }

  @Test
  void nothingFollowsTheLastGoAway() {
    var peer =
        ScriptedPeer.greetedClient(Http2Limits.builder().connectionWindow(65_535, 65_535).build());
    peer.prepare = stream -> stream.takes = 0;
    peer.post(1).data(1, 16_384, false).data(1, 16_384, false).data(1, 16_384, false);
    peer.frames();
    peer.data(0, 1, false);
    assertEquals(List.of("GOAWAY 1 PROTOCOL_ERROR"), peer.frames());
    assertTrue(peer.stream(1).failed);
  }

  @Test
  void whatComesAfterTheEndIsDropped() {
    var peer = ScriptedPeer.greetedClient();
    peer.data(0, 1, false);
    peer.frames();
    peer.get(1).ping(1, false);
    assertEquals(0, peer.left());
    assertEquals(List.of(), peer.frames());
    assertNull(peer.stream(1));
  }

  // ---- what handlers do in the middle

  /** The connection's window gets back what a handler left that reset its stream. */
  @Test
  void whatIsLeftByAHandlerThatResetsGoesBackToTheConnection() {
    var peer =
        ScriptedPeer.greetedClient(Http2Limits.builder().connectionWindow(65_535, 65_535).build());
    peer.prepare =
        stream -> {
          stream.takes = 100;
          stream.onData = () -> stream.stream.reset(Http2ErrorCode.CANCEL);
        };
    for (int id = 1; id < 100; id += 2) {
      peer.post(id).data(id, 16_384, true);
    }
    assertFalse(peer.session.isOver());
  }

  /** And not twice what a handler takes after it has reset its stream. */
  @Test
  void whatIsTakenAfterAResetCountsOnce() {
    var peer =
        ScriptedPeer.greetedClient(Http2Limits.builder().connectionWindow(65_535, 65_535).build());
    peer.prepare = stream -> stream.takes = 0;
    peer.post(1).data(1, 16_384, false).data(1, 16_384, false);
    var stream = peer.stream(1);
    stream.takes = Long.MAX_VALUE;
    stream.onData = () -> stream.stream.reset(Http2ErrorCode.CANCEL);
    stream.stream.resume();
    peer.frames();
    peer.tellDelivery();
    assertEquals(List.of("RST_STREAM 1 CANCEL", "WINDOW_UPDATE 0 32768"), peer.frames());
  }

  @Test
  void aHandlerMayAnswerBeforeTheRequestEnds() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.stream(1).respond();
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 5 END"), peer.frames());
    assertEquals(1, peer.session.streamCount());
    peer.data(1, 7, true);
    assertEquals(7, peer.stream(1).received);
    assertEquals(0, peer.session.streamCount());
  }

  @Test
  void aTunnelHasNoLength() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.stream.tunnel();
    peer.headers(1, false, ":method: CONNECT", ":authority: a:1", "content-length: 1");
    peer.data(1, 5, true);
    assertEquals("fine", peer.verdict());
    assertEquals(5, peer.stream(1).received);
  }

  /** RFC 8441 5.1: END_STREAM at once is a direction that ends at once. */
  @Test
  void aTunnelIsToldOfAnEndThatCameWithItsHead() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.headers(1, true, ":method: CONNECT", ":authority: a:1");
    assertTrue(peer.stream(1).ended);
  }

  // ---- the upgrade of HTTP/1.1

  @Test
  void answersTheRequestThatWasUpgradedOnStreamOne() {
    var peer = ScriptedPeer.client(LIMITS);
    peer.frames();
    var head = new Http2Head(9);
    head.begin(Http2Head.Kind.REQUEST, true);
    var pairs = ByteBuffer.allocate(6).putShort((short) 4).putInt(3).flip();
    peer.session.upgraded(head, pairs);
    assertEquals(List.of(), peer.frames());
    peer.greet();
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 3", "SETTINGS ACK"), peer.frames());
    peer.widen(1, 2);
    peer.tellWritable();
    assertEquals(List.of("DATA 1 2 END"), peer.frames());
  }

  @Test
  void refusesAnUpgradeOfInvalidSettings() {
    var peer = ScriptedPeer.client(LIMITS);
    var pairs = ByteBuffer.allocate(6).putShort((short) 4).putInt(-1).flip();
    peer.session.upgraded(new Http2Head(9), pairs);
    assertEquals("GOAWAY FLOW_CONTROL_ERROR", peer.verdict());
  }

  // ---- PING

  @Test
  void answersPings() {
    var peer = ScriptedPeer.greetedClient();
    peer.ping(0x1234_5678_9abc_def0L, false);
    assertEquals(List.of("PING ACK " + 0x1234_5678_9abc_def0L), peer.frames());
  }

  @Test
  void tellsOfAnswersToItsPings() {
    var peer = ScriptedPeer.greetedClient();
    peer.events();
    peer.session.ping(7);
    assertEquals(List.of("PING 7"), peer.frames());
    peer.ping(7, true);
    assertEquals(List.of("pong 7"), peer.events());
  }

  // ---- SETTINGS

  /** RFC 7541 4.2: the least size between two blocks is said, even if it was changed back. */
  @Test
  void saysThatTheTableWasEmptiedInBetween() {
    var peer = ScriptedPeer.greetedServer();
    peer.settings(1, 0, 1, 4096);
    peer.frames();
    peer.open(true);
    var bytes = peer.unread();
    assertEquals(0x20, bytes[9]);
  }
}
