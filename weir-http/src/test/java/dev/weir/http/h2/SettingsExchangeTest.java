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

/** What each side announces, and what becomes of that. */
class SettingsExchangeTest {

  private static final Http2Limits LIMITS =
      Http2Limits.builder()
          .concurrentStreams(7)
          .streamWindow(70_000, 70_000)
          .headerTableBytes(99)
          .build();

  @Test
  void aServersSayWhatItsLimitsAre() {
    assertEquals(
        "SETTINGS 3=7 4=70000 6=8192 1=99 8=1 9=1",
        ScriptedPeer.client(LIMITS).frames().getFirst());
  }

  @Test
  void aClientsSayThatItWantsNoPushes() {
    assertEquals(
        "SETTINGS 2=0 4=70000 6=8192 1=99", ScriptedPeer.server(LIMITS).frames().getFirst());
  }

  @Test
  void areOverWhenBothHaveComeAndOursAreAcknowledged() {
    var peer = ScriptedPeer.client(LIMITS);
    peer.frames();
    peer.bytes(Frames.PREFACE);
    assertFalse(peer.session.settingsReceived());
    peer.bytes(Frames.settings());
    assertTrue(peer.session.settingsReceived());
    assertFalse(peer.session.settingsAcknowledged());
    assertEquals(List.of("SETTINGS ACK"), peer.frames());
    peer.frame(FrameType.SETTINGS, FrameType.ACK, 0);
    assertTrue(peer.session.settingsAcknowledged());
    assertEquals(List.of(), peer.frames());
  }

  /** RFC 9113 6.9.2: the windows of streams that are there change by the difference. */
  @Test
  void changeTheWindowsOfStreamsThatAreThere() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 10).get(1).frames();
    var stream = peer.stream(1);
    stream.stream.respond(Status.OK, Headers.of(), -1, null, false);
    stream.send(ByteBuffer.allocate(100));
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 4, Setting.INITIAL_WINDOW_SIZE, 30);
    peer.tellWritable();
    assertEquals(30, stream.sent);
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 0).widen(1, 29);
    peer.tellWritable();
    assertEquals(30, stream.sent);
    peer.widen(1, 2);
    peer.tellWritable();
    assertEquals(31, stream.sent);
  }

  /** RFC 9113 6.9.2: DATA may go before SETTINGS come, and what is too much then is owed. */
  @Test
  void smallerWindowsCountWhatWentBefore() {
    var peer = ScriptedPeer.server(LIMITS);
    var asked = peer.open(false);
    asked.send(ByteBuffer.allocate(70_000));
    peer.tellWritable();
    assertEquals(FlowWindow.INITIAL, asked.sent);
    peer.frames();
    peer.greet(Setting.INITIAL_WINDOW_SIZE, 1023);
    peer.widen(0, FlowWindow.INITIAL).widen(1, FlowWindow.INITIAL - 1023);
    peer.tellWritable();
    assertEquals(List.of("SETTINGS ACK"), peer.frames());
    var next = peer.open(false);
    next.send(ByteBuffer.allocate(2000));
    peer.widen(1, 1);
    peer.tellWritable();
    assertEquals(1023, next.sent);
    assertEquals(FlowWindow.INITIAL + 1, asked.sent);
  }

  /**
   * RFC 9113 6.5.3: who receives our acknowledgment applies its settings then, so that no DATA on a
   * wider window may be before it, whether the acknowledgment waits for room or not.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, FrameType.HEADER_BYTES - 1, FrameType.HEADER_BYTES, 1 << 16})
  void widerWindowsAreUsedBehindTheAcknowledgment(int room) {
    var peer = ScriptedPeer.greetedServer(LIMITS);
    peer.widen(0, 100_000);
    var asked = peer.open(false);
    asked.send(ByteBuffer.allocate(100_000));
    peer.tellWritable();
    assertEquals(FlowWindow.INITIAL, asked.sent);
    peer.frames();
    peer.room(room);
    peer.settings(Setting.INITIAL_WINDOW_SIZE, 100_000);
    peer.unlimitedRoom();
    var frames = peer.frames();
    assertEquals("SETTINGS ACK", frames.getFirst());
    assertTrue(frames.getLast().endsWith(" END"), frames.toString());
    assertEquals(100_000, asked.sent);
  }

  /** RFC 7541 4.2: of several sizes, the least and the last are told to the decompressor. */
  @Test
  void changeTheTableThatHeadsAreCompressedBy() {
    var peer = ScriptedPeer.greetedClient();
    peer.settings(Setting.HEADER_TABLE_SIZE, 0, Setting.HEADER_TABLE_SIZE, 50).get(1);
    var block = ByteBuffer.wrap(peer.take()).position(2 * FrameType.HEADER_BYTES);
    assertEquals(0x20, block.get(), "an update to 0");
    assertEquals(0x3f, block.get(), "and one to 31 and more");
    assertEquals(50 - 31, block.get());
  }
}
