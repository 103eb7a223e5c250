package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9113 6.8: no request is lost by an end in order, whoever ends. */
class FarewellTest {
  private static final int ANY = Integer.MAX_VALUE;

  @Test
  void aServerTakesLeaveInTwoSteps() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.session.drain();
    assertEquals(List.of("GOAWAY " + ANY + " NO_ERROR", "PING -2"), peer.frames());
    assertTrue(peer.events().contains("drain 1"));
    peer.post(3).ping(-2, true);
    assertEquals(List.of("GOAWAY 3 NO_ERROR"), peer.frames());
    peer.data(1, 1, true).data(3, 1, true);
    assertTrue(peer.stream(3).ended);
    assertTrue(peer.drained);
    assertTrue(peer.session.isOver());
  }

  @Test
  void aServerThatHasNothingToDoWaitsForTheAnswerOnly() {
    var peer = ScriptedPeer.greetedClient();
    peer.session.drain();
    assertFalse(peer.drained);
    peer.session.drainAnnounced();
    assertTrue(peer.drained);
    assertEquals("GOAWAY 0 NO_ERROR", peer.frames().getLast());
  }

  @Test
  void takesLeaveOnce() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.session.drain();
    peer.session.drain();
    peer.session.drainAnnounced();
    peer.session.drainAnnounced();
    assertEquals(
        List.of("GOAWAY " + ANY + " NO_ERROR", "PING -2", "GOAWAY 1 NO_ERROR"), peer.frames());
  }

  @Test
  void anAnswerToNoFarewellMeansNothing() {
    var peer = ScriptedPeer.greetedClient();
    peer.ping(-2, true).get(1);
    assertTrue(peer.stream(1).ended);
    assertFalse(peer.drained);
  }

  /** What is sent for a request that came too late is dropped, and harms no other. */
  @Test
  void whatBelongsToARequestThatCameTooLateIsDropped() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.session.drain();
    peer.session.drainAnnounced();
    peer.frames();
    peer.post(3).data(3, 1000, false).widen(3, 1).headers(3, true, "x: y");
    peer.post(5).reset(5, Http2ErrorCode.CANCEL).frame(FrameType.PRIORITY, 0, 5, new byte[5]);
    assertNull(peer.stream(3));
    assertEquals(List.of(), peer.frames());
    peer.data(1, 1, true);
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 5 END"), peer.frames());
    assertTrue(peer.drained);
  }

  @Test
  void whatComesTooLateGoesBackToTheConnectionsWindow() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.session.drain();
    peer.session.drainAnnounced();
    peer.frames();
    peer.post(3);
    for (int i = 0; i < 100; i++) {
      peer.data(3, 16_384, false);
    }
    assertFalse(peer.session.isOver());
    assertTrue(peer.frames().stream().allMatch(f -> f.startsWith("WINDOW_UPDATE 0 ")));
  }

  /** A later GOAWAY names no later stream. */
  @Test
  void anErrorAfterTheFarewellDoesNotTakeItBack() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1);
    peer.session.drain();
    peer.session.drainAnnounced();
    peer.post(3).frames();
    peer.data(0, 1, false);
    assertEquals(List.of("GOAWAY 1 PROTOCOL_ERROR"), peer.frames());
  }

  @Test
  void aClientOpensNothingAfterGoAway() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(true);
    peer.goAway(ANY, Http2ErrorCode.NO_ERROR);
    assertFalse(peer.session.mayOpen());
    assertFalse(peer.stream(1).failed);
    peer.goAway(1, Http2ErrorCode.NO_ERROR);
    assertFalse(peer.stream(1).failed);
    peer.headers(1, true, ":status: 200");
    assertTrue(peer.stream(1).ended);
    assertTrue(peer.drained);
  }

  @Test
  void whatTheServerHasNotDoneMayBeSentAgain() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(true);
    peer.open(true);
    peer.open(true);
    peer.goAway(3, Http2ErrorCode.NO_ERROR);
    assertFalse(peer.stream(1).failed);
    assertFalse(peer.stream(3).failed);
    assertTrue(peer.stream(5).unprocessed);
  }

  /** A handler that is told of one end may cause another. */
  @Test
  void aStreamThatEndsMeanwhileIsToldOnce() {
    var peer = ScriptedPeer.greetedServer();
    for (int i = 0; i < 3; i++) {
      peer.open(true);
    }
    peer.stream(1).onFailed = () -> peer.stream(5).stream.reset(Http2ErrorCode.CANCEL);
    peer.goAway(0, Http2ErrorCode.NO_ERROR);
    assertTrue(peer.stream(1).failed);
    assertTrue(peer.stream(3).failed);
    assertFalse(peer.stream(5).failed);
    assertEquals(0, peer.session.streamCount());
  }

  @Test
  void aClientEndsWhenItsStreamsHave() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(true);
    peer.session.drain();
    assertFalse(peer.session.mayOpen());
    assertFalse(peer.drained);
    peer.headers(1, true, ":status: 200");
    assertTrue(peer.drained);
  }

  @Test
  void aServerEndsAfterAClientThatHasTakenLeave() {
    var peer = ScriptedPeer.greetedClient();
    peer.post(1).goAway(0, Http2ErrorCode.NO_ERROR);
    assertFalse(peer.drained);
    peer.data(1, 1, true);
    assertTrue(peer.drained);
  }
}
