package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.frame.FrameEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session does with pings, pauses, blocked output, limits and the end. */
class WebSocketSessionTest implements SessionListener {

  private static final SessionConfig WHOLE =
      new SessionConfig(FrameEncoder.server(), WebSocketLimits.DEFAULTS, false);
  private static final SessionConfig STREAMED =
      new SessionConfig(FrameEncoder.server(), WebSocketLimits.DEFAULTS, true);
  private static final Random KEYS = new Random(3);

  private final List<String> events = new ArrayList<>();
  private final TestSink sink = new TestSink(1 << 17, false);
  private boolean blocked;
  private WebSocketSession session;
  private @Nullable Runnable onMessage;

  @BeforeEach
  void start() {
    session = session(WHOLE);
  }

  private WebSocketSession session(SessionConfig config) {
    FrameSink gate = (needed, wished) -> blocked ? null : sink.lend(needed, wished);
    return new WebSocketSession(config, null, gate, this);
  }

  @Override
  public void text(ByteBuffer utf8) {
    event("text " + StandardCharsets.UTF_8.decode(utf8));
  }

  @Override
  public void binary(ByteBuffer data) {
    event("binary " + data.remaining());
  }

  @Override
  public void piece(boolean text, ByteBuffer bytes, boolean last) {
    String content =
        text ? StandardCharsets.UTF_8.decode(bytes).toString() : "" + bytes.remaining();
    event((last ? "last " : "piece ") + content);
  }

  @Override
  public void ping(ByteBuffer payload) {
    events.add("ping " + StandardCharsets.US_ASCII.decode(payload));
  }

  @Override
  public void pong(ByteBuffer payload) {
    events.add("pong " + StandardCharsets.US_ASCII.decode(payload));
  }

  @Override
  public void closed(int code, String reason, @Nullable WebSocketException error) {
    events.add("closed " + code + " " + reason + (error == null ? "" : " " + error.reference()));
  }

  private void event(String event) {
    events.add(event);
    if (onMessage != null) {
      onMessage.run();
    }
  }

  private static ByteBuffer wire(Frame... frames) {
    ByteBuffer all = ByteBuffer.allocate(1 << 17);
    for (Frame frame : frames) {
      all.put(frame.bytes(KEYS));
    }
    return all.flip();
  }

  private List<String> sent() {
    return Frame.parseAll(sink.bytes(), false).stream().map(Frame::toString).toList();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  // ---- pings

  @Test
  void pingsAreAnsweredAndHeard() {
    session.receive(wire(Frame.ping("a"), Frame.ping(""), Frame.pong("b")));
    assertEquals(List.of("PONG a", "PONG "), sent());
    assertEquals(List.of("ping a", "ping ", "pong b"), events);
  }

  @Test
  void pongsWaitWhileOutputIsBlockedAndLoseNothing() {
    blocked = true;
    session.receive(wire(Frame.ping("a"), Frame.text("x"), Frame.ping("b")));
    assertFalse(session.writable());
    assertFalse(session.sendText(ascii("late"), true));
    assertFalse(session.ping(ascii("late")));
    blocked = false;
    assertTrue(session.sendText(ascii("then"), true));
    assertTrue(session.ping(ascii("mine")));
    assertTrue(session.pong(ascii("unasked")));
    assertEquals(List.of("PONG a", "PONG b", "TEXT then", "PING mine", "PONG unasked"), sent());
  }

  /** The limit maxQueuedPongBytes: beyond it nothing is read, and every ping is answered later. */
  @ParameterizedTest
  @ValueSource(ints = {127, 128, 300, 4096})
  void floodOfPingsStallsItsSender(int limit) {
    session =
        session(
            new SessionConfig(
                FrameEncoder.server(),
                WebSocketLimits.DEFAULTS.withMaxQueuedPongBytes(limit),
                false));
    var flood = new Frame[200];
    for (int i = 0; i < flood.length; i++) {
      flood[i] = Frame.ping(i + "x".repeat(i % 100));
    }
    blocked = true;
    ByteBuffer in = wire(flood);
    session.receive(in);
    assertFalse(session.wantsInput());
    assertTrue(in.hasRemaining());
    int answered = events.size();
    assertTrue(answered <= Math.max(1, limit / 2), answered + " pings kept");
    int before = in.remaining();
    session.receive(in);
    assertEquals(before, in.remaining());
    while (in.hasRemaining()) {
      blocked = false;
      assertTrue(session.writable());
      assertTrue(session.wantsInput());
      blocked = true;
      session.receive(in);
    }
    blocked = false;
    session.writable();
    assertEquals(flood.length, sent().size());
    for (int i = 0; i < flood.length; i++) {
      assertEquals("PONG " + i + "x".repeat(i % 100), sent().get(i));
    }
  }

  @Test
  void pingsAreNotAnsweredAfterThisEndClosed() {
    session.close(1000, "bye");
    session.receive(wire(Frame.ping("a"), Frame.text("still heard"), Frame.close(1000)));
    assertEquals(List.of("CLOSE 1000"), sent());
    assertEquals(List.of("ping a", "text still heard", "closed 1000 "), events);
    assertTrue(session.isDone());
  }

  @Test
  void controlFramesStandBetweenFragmentsThatAreSent() {
    assertTrue(session.sendText(ascii("one "), false));
    assertTrue(session.ping(ascii("p")));
    session.receive(wire(Frame.ping("q")));
    assertTrue(session.sendText(ascii("two"), true));
    List<Frame> frames = Frame.parseAll(sink.bytes(), false);
    assertEquals(List.of(1, 9, 10, 0), frames.stream().map(Frame::opcode).toList());
    assertEquals(List.of(false, true, true, true), frames.stream().map(Frame::fin).toList());
  }

  // ---- closing

  @Test
  void closeIsAnsweredWithItsCode() {
    session.receive(wire(Frame.close(4321, ascii("why").array())));
    assertEquals(List.of("CLOSE 4321"), sent());
    assertEquals(List.of("closed 4321 why"), events);
    assertTrue(session.isDone());
    assertFalse(session.isOpen());
    session.endOfInput();
    session.close(1000, "");
    assertEquals(1, events.size());
    assertEquals(1, sent().size());
  }

  @Test
  void closeWaitsForOutput() {
    blocked = true;
    session.receive(wire(Frame.ping("a"), Frame.close(1001)));
    assertEquals(List.of("ping a", "closed 1001 "), events);
    assertFalse(session.isDone());
    blocked = false;
    assertTrue(session.writable());
    assertTrue(session.isDone());
    assertEquals(List.of("PONG a", "CLOSE 1001"), sent());
  }

  @Test
  void bothCloseAtOnce() {
    session.close(1000, "mine");
    session.close(1001, "again");
    session.receive(wire(Frame.close(1002)));
    assertEquals(List.of("CLOSE 1000"), sent());
    assertEquals(List.of("closed 1002 "), events);
    assertTrue(session.isDone());
  }

  @Test
  void closeWithoutCode() {
    session.close(CloseCode.NO_STATUS, "");
    assertEquals(List.of("CLOSE"), sent());
    session.receive(wire(Frame.close()));
    assertEquals(List.of("closed 1005 "), events);
  }

  @Test
  void connectionThatEndsWithoutClose() {
    blocked = true;
    session.receive(wire(Frame.ping("a"), Frame.text("half").unfinished()));
    session.endOfInput();
    session.endOfInput();
    assertEquals("closed 1006 connection ended without a Close frame", events.getLast());
    assertEquals(2, events.size());
    assertTrue(session.isDone());
    assertThrows(IllegalStateException.class, () -> session.sendText(ascii("x"), true));
    assertThrows(IllegalStateException.class, () -> session.ping(ascii("x")));
  }

  @Test
  void violationAfterThisEndClosedSendsNoSecondClose() {
    session.close(1000, "");
    session.receive(wire(Frame.text("x").withRsv(1), Frame.text("ignored")));
    assertEquals(List.of("CLOSE 1000"), sent());
    assertEquals(1, events.size());
    assertTrue(events.getFirst().startsWith("closed 1002 "), events.getFirst());
    assertTrue(events.getFirst().endsWith(" RFC 6455 5.2"), events.getFirst());
  }

  @Test
  void whatComesAfterTheEndIsIgnored() {
    session.receive(wire(Frame.close(1000)));
    ByteBuffer rest = wire(Frame.text("x"), Frame.text("x").withRsv(7));
    session.receive(rest);
    assertFalse(rest.hasRemaining());
    assertEquals(1, events.size());
  }

  // ---- limits

  @Test
  void messageLargerThanTheLimitFailsAtItsHeader() {
    for (boolean streamed : new boolean[] {false, true}) {
      events.clear();
      sink.take();
      var limits = WebSocketLimits.DEFAULTS.withMaxMessageBytes(10);
      session = session(new SessionConfig(FrameEncoder.server(), limits, streamed));
      session.receive(wire(Frame.text("0123456789"), Frame.text("0123").unfinished()));
      assertTrue(session.isOpen());
      ByteBuffer header = wire(Frame.more("0123456"));
      session.receive(header.limit(6));
      assertEquals(List.of("CLOSE 1009"), sent());
      assertEquals("RFC 6455 7.4.1", events.getLast().substring(events.getLast().length() - 14));
    }
  }

  @Test
  void largestPossibleFrameIsRefusedOrStreamed() {
    byte[] header = {
      (byte) 0x82, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 'a', 'b'
    };
    session.receive(ByteBuffer.wrap(header.clone()));
    assertEquals(List.of("CLOSE 1009"), sent());
    events.clear();
    var limits = WebSocketLimits.DEFAULTS.withMaxMessageBytes(Long.MAX_VALUE);
    session = session(new SessionConfig(FrameEncoder.server(), limits, true));
    session.receive(ByteBuffer.wrap(header));
    session.receive(ByteBuffer.wrap(new byte[1000]));
    assertEquals(List.of("piece 2", "piece 1000"), events);
  }

  @Test
  void endlessEmptyFragmentsCostNothing() {
    session.receive(wire(Frame.text("a").unfinished()));
    for (int i = 0; i < 10_000; i++) {
      session.receive(wire(Frame.more("").unfinished()));
    }
    session.receive(wire(Frame.more("b")));
    assertEquals(List.of("text ab"), events);
  }

  @Test
  void limitsHaveRanges() {
    assertThrows(
        IllegalArgumentException.class, () -> WebSocketLimits.DEFAULTS.withMaxMessageBytes(-1));
    assertThrows(
        IllegalArgumentException.class, () -> WebSocketLimits.DEFAULTS.withMaxQueuedPongBytes(126));
  }

  // ---- pieces

  @Test
  void streamedTextIsCutBetweenCharacters() {
    session = session(STREAMED);
    ByteBuffer in = wire(Frame.text("a€b").unfinished(), Frame.more("𝄞"));
    while (in.hasRemaining()) {
      session.receive(in.slice(in.position(), 1));
      in.position(in.position() + 1);
    }
    assertEquals(List.of("piece a", "piece €", "piece b", "last 𝄞"), events);
  }

  @Test
  void streamedTextThatEndsWithinACharacterFails() {
    session = session(STREAMED);
    session.receive(wire(Frame.text(new byte[] {'a', (byte) 0xE2, (byte) 0x82})));
    assertEquals(List.of("CLOSE 1007"), sent());
    assertEquals(1, events.size());
  }

  @Test
  void emptyMessagesHaveALastPiece() {
    session = session(STREAMED);
    session.receive(
        wire(
            Frame.text(""),
            Frame.binary(new byte[0]),
            Frame.text("x").unfinished(),
            Frame.more("")));
    assertEquals(List.of("last ", "last 0", "piece x", "last "), events);
  }

  // ---- back-pressure

  @Test
  void pausingStopsBetweenMessages() {
    onMessage = session::pause;
    ByteBuffer in = wire(Frame.text("1"), Frame.text("2"), Frame.text("3"));
    session.receive(in);
    assertEquals(List.of("text 1"), events);
    session.receive(in);
    assertEquals(List.of("text 1"), events);
    session.resume();
    session.receive(in);
    session.resume();
    session.receive(in);
    assertEquals(List.of("text 1", "text 2", "text 3"), events);
    assertFalse(in.hasRemaining());
  }

  @Test
  void messageThatDoesNotFitIsSentInFrames() {
    byte[] large = new byte[300_000];
    ByteBuffer payload = ByteBuffer.wrap(large);
    int frames = 0;
    while (!session.sendBinary(payload, true)) {
      sink.drain();
      frames++;
    }
    assertTrue(frames >= 2);
    List<Frame> sent = Frame.parseAll(sink.bytes(), false);
    assertEquals(large.length, sent.stream().mapToInt(f -> f.payload().length).sum());
    assertTrue(sent.getLast().fin());
    assertThrows(IllegalArgumentException.class, () -> session.ping(ByteBuffer.allocate(126)));
  }

  @Test
  void messagesOfTwoTypesDoNotMix() {
    session.sendText(ascii("a"), false);
    assertThrows(IllegalStateException.class, () -> session.sendBinary(ascii("b"), true));
    session.sendText(ascii(""), true);
    session.sendBinary(ascii("b"), true);
    session.sendText(ascii(""), false);
    session.sendBinary(ascii("c"), true);
    assertEquals(
        List.of(1, 0, 2, 2),
        Frame.parseAll(sink.bytes(), false).stream().map(Frame::opcode).toList());
  }

  // ---- handlers

  @Test
  void sessionSurvivesAHandlerThatThrows() {
    for (SessionConfig config : List.of(WHOLE, STREAMED)) {
      events.clear();
      session = session(config);
      onMessage =
          () -> {
            throw new UnsupportedOperationException("handler");
          };
      ByteBuffer in = wire(Frame.text("1"), Frame.ping("p"), Frame.text("2"));
      assertThrows(UnsupportedOperationException.class, () -> session.receive(in));
      onMessage = null;
      session.receive(in);
      assertEquals(3, events.size());
      assertTrue(events.getFirst().endsWith("1"));
      assertTrue(events.getLast().endsWith("2"));
    }
  }

  @Test
  void handlerMayCloseAndSendFromWithin() {
    onMessage =
        () -> {
          if (session.isOpen()) {
            session.sendText(ascii("goodbye"), true);
            session.close(1001, "");
          }
        };
    session.receive(wire(Frame.text("1"), Frame.text("2"), Frame.close(1001)));
    assertEquals(List.of("text 1", "text 2", "closed 1001 "), events);
    assertEquals(List.of("TEXT goodbye", "CLOSE 1001"), sent());
  }
}
