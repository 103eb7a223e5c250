package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Http2Limits;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent of DATA, and when: windows, room, and whose turn it is. */
class SendFlowTest {

  /** A client whose requests wait to be answered by {@code answer}. */
  private static ScriptedPeer waiting() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    return peer;
  }

  private static void answer(ScriptedPeer peer, int id, int length) {
    var stream = peer.stream(id);
    stream.stream.respond(Status.OK, Headers.of(), -1, null, false);
    stream.send(ByteBuffer.allocate(length));
  }

  private static List<String> data(ScriptedPeer peer) {
    return peer.frames().stream().filter(f -> f.startsWith("DATA")).toList();
  }

  @Test
  void sendsWithinTheStreamsWindow() {
    var peer = waiting();
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 10).get(1);
    answer(peer, 1, 25);
    assertEquals(List.of("DATA 1 10"), data(peer));
    peer.widen(1, 9);
    assertEquals(List.of(), data(peer));
    peer.tellWritable();
    assertEquals(List.of("DATA 1 9"), data(peer));
    peer.widen(1, 100);
    peer.tellWritable();
    assertEquals(List.of("DATA 1 6 END"), data(peer));
    assertEquals(0, peer.session.streamCount());
  }

  @Test
  void sendsWithinTheConnectionsWindow() {
    var peer = waiting();
    peer.widen(1 - 1, 35).settings(Setting.INITIAL_WINDOW_SIZE, 1 << 20).get(1);
    answer(peer, 1, 100_000);
    peer.tellWritable();
    assertEquals(65_570, peer.stream(1).sent);
    peer.frames();
    peer.widen(0, 30_000);
    peer.tellWritable();
    assertEquals(List.of("DATA 1 16384", "DATA 1 13616"), data(peer));
  }

  /** RFC 9113 6.9.2. */
  @Test
  void aWindowMayBecomeNegative() {
    var peer = waiting();
    peer.get(1);
    answer(peer, 1, 70_000);
    peer.tellWritable();
    peer.frames();
    peer.widen(0, 1 << 20).settings(Setting.INITIAL_WINDOW_SIZE, 100);
    peer.widen(1, 65_435);
    peer.tellWritable();
    assertEquals(List.of(), data(peer));
    peer.widen(1, 1);
    peer.tellWritable();
    assertEquals(List.of("DATA 1 1"), data(peer));
  }

  /** An end needs no window, and must not be taken for a length below zero. */
  @Test
  void anEmptyEndNeedsNoWindow() {
    var peer = waiting();
    peer.get(1);
    var stream = peer.stream(1).stream;
    stream.respond(Status.OK, Headers.of(), -1, null, false);
    assertEquals(60_000, send(peer, stream, 60_000));
    peer.frames();
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 100);
    peer.frames();
    assertEquals(0, stream.write(ByteBuffer.allocate(9).position(9), true));
    assertEquals(List.of("DATA 1 0 END"), peer.frames());
    assertTrue(stream.isClosed());
  }

  private static int send(ScriptedPeer peer, Http2Stream stream, int length) {
    int sent = 0;
    while (sent < length) {
      sent += stream.write(ByteBuffer.allocate(length - sent), false);
    }
    peer.frames();
    return sent;
  }

  @Test
  void takesTheRoomThatTheCarrierHas() {
    var peer = waiting();
    peer.get(1);
    peer.frames();
    answer(peer, 1, 5000);
    peer.room(1024 + 9);
    assertEquals(List.of("HEADERS 1, :status: 200", "DATA 1 5000 END"), peer.frames());
    peer.get(3);
    answer(peer, 3, 5000);
    assertEquals(List.of(), data(peer));
    peer.unlimitedRoom();
    assertEquals(5000, peer.stream(3).sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1000, 1033, 1100, 5000})
  void aCarrierOfLittleRoomGetsEverythingInTheEnd(int room) {
    var peer = waiting();
    peer.get(1).get(3).ping(1, false);
    peer.room(0);
    answer(peer, 1, 10_000);
    answer(peer, 3, 0);
    peer.ping(2, false);
    var all = new java.util.ArrayList<String>();
    var bytes = new java.io.ByteArrayOutputStream();
    for (int turn = 0; turn < 60_000 && peer.writableWanted; turn++) {
      peer.room(room < 1033 && turn > 200 ? 1033 : room);
    }
    bytes.writeBytes(peer.unread());
    all.addAll(peer.frames());
    assertTrue(all.contains("PING ACK 2"), all.toString());
    assertTrue(all.contains("DATA 3 0 END"), all.toString());
    assertEquals(10_000, peer.stream(1).sent);
    assertEquals(0, peer.session.streamCount());
  }

  /** Control frames that wait are not overtaken by DATA. */
  @Test
  void dataWaitsBehindWhatIsQueued() {
    var peer = waiting();
    peer.get(1);
    answer(peer, 1, 65_535);
    peer.room(0);
    peer.ping(5, false);
    assertEquals(0, peer.stream(1).stream.write(ByteBuffer.allocate(9), false));
    peer.frames();
    peer.unlimitedRoom();
    assertEquals("PING ACK 5", peer.frames().getFirst());
  }

  @Test
  void streamsShareTheConnection() {
    var peer = waiting();
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 1 << 20).widen(0, 1 << 20);
    for (int id = 1; id < 9; id += 2) {
      peer.get(id);
    }
    peer.room(0);
    for (int id = 1; id < 9; id += 2) {
      answer(peer, id, 50_000);
    }
    peer.unlimitedRoom();
    var order = data(peer).stream().map(f -> f.charAt(5) + "").toList();
    assertEquals("1357135713571357", String.join("", order));
  }

  @Test
  void moreUrgentStreamsComeFirst() {
    var peer = waiting();
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 1 << 20).widen(0, 1 << 20);
    var urgencies = List.of("u=5", "u=1", "u=3", "u=1");
    for (int i = 0; i < 4; i++) {
      peer.headers(
          2 * i + 1, true, ScriptedPeer.with(ScriptedPeer.GET, "priority: " + urgencies.get(i)));
    }
    peer.room(0);
    for (int id = 1; id < 9; id += 2) {
      answer(peer, id, 30_000);
    }
    peer.frame(
        FrameType.PRIORITY_UPDATE,
        0,
        0,
        Frames.join(Frames.ints(1), "u=0".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    peer.unlimitedRoom();
    var order = data(peer).stream().map(f -> f.charAt(5) + "").toList();
    assertEquals("11337755", String.join("", order));
  }

  @Test
  void aStreamThatIsResetLeavesTheLine() {
    var peer = waiting();
    peer.get(1).get(3);
    peer.room(0);
    answer(peer, 1, 100);
    answer(peer, 3, 100);
    peer.reset(1, dev.weir.http.Http2ErrorCode.CANCEL);
    peer.unlimitedRoom();
    assertEquals(List.of("DATA 3 100 END"), data(peer));
    assertFalse(peer.session.isOver());
  }

  @Test
  void aClientSendsABodyWithinTheServersWindow() {
    var peer = ScriptedPeer.greetedServer(Http2Limits.DEFAULTS);
    var asked = peer.open(false);
    asked.send(ByteBuffer.allocate(70_000));
    peer.tellWritable();
    assertEquals(65_535, asked.sent);
    peer.widen(0, 5000).widen(1, 5000);
    peer.tellWritable();
    assertEquals(70_000, asked.sent);
    assertTrue(asked.stream.hasEnded());
  }

  /** An array is a body like any other, in one frame only if it is short and all have room. */
  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 1024, 1025, 20_000})
  void sendsArraysWithinTheWindowAsBuffers(int length) {
    var arrays = waiting();
    var buffers = waiting();
    for (var peer : List.of(arrays, buffers)) {
      peer.settings(Setting.INITIAL_WINDOW_SIZE, 10).get(1);
      peer.stream(1).stream.respond(Status.OK, Headers.of(), -1, null, false);
    }
    int taken = arrays.stream(1).stream.write(new byte[length], true);
    assertEquals(Math.min(10, length), taken);
    assertEquals(taken, buffers.stream(1).stream.write(ByteBuffer.allocate(length), true));
    assertEquals(buffers.frames(), arrays.frames());
    assertEquals(length <= 10, arrays.stream(1).stream.hasEnded());
  }

  @Test
  void anArrayWaitsForRoom() {
    var peer = waiting();
    peer.get(1);
    peer.stream(1).stream.respond(Status.OK, Headers.of(), -1, null, false);
    peer.room(0);
    assertEquals(0, peer.stream(1).stream.write(new byte[100], true));
    peer.unlimitedRoom();
    assertEquals(100, peer.stream(1).stream.write(new byte[100], true));
    assertEquals(List.of("DATA 1 100 END"), data(peer));
  }
}
