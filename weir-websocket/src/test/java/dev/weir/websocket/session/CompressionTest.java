package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.deflate.CompressorPool;
import dev.weir.websocket.deflate.Corpus;
import dev.weir.websocket.deflate.DeflateParameters;
import dev.weir.websocket.deflate.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate (RFC 7692) as a session carries it out. */
class CompressionTest {

  private static final DeflateParameters ALL_ALLOWED = new DeflateParameters(false, false, 15, 15);
  private static final WebSocketLimits LIMITS = WebSocketLimits.DEFAULTS;
  private static final Random KEYS = new Random(5);

  private final CompressorPool pool = new CompressorPool();

  @AfterEach
  void nothingIsLentWhenAllIsOver() {
    assertEquals(0, pool.lent());
    pool.close();
  }

  private EchoEndpoint server(DeflateParameters agreed, WebSocketLimits limits, boolean streamed) {
    var deflate = new PerMessageDeflate(agreed, DeflateSettings.SERVER.withLeastBytes(100), pool);
    return new EchoEndpoint(true, streamed, limits, deflate, 1 << 16);
  }

  private static void feed(EchoEndpoint endpoint, Frame... frames) {
    for (Frame frame : frames) {
      endpoint.feed(ByteBuffer.wrap(frame.bytes(KEYS)));
    }
  }

  private static byte[] deflated(byte[] plain) {
    var deflater = new Deflater(6, true);
    deflater.setInput(plain);
    var out = new byte[plain.length + 100];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, length - 4);
  }

  private static Frame compressed(Frame message) {
    return new Frame(true, 4, message.opcode(), deflated(message.payload()));
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** RFC 7692 7.2.3.1 and 7.2.3.2: the same text whole, in fragments, and with history. */
  @Test
  void readsTheSamplesOfTheRfc() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    var whole = new Frame(true, 4, 1, octets("f2 48 cd c9 c9 07 00"));
    var again = new Frame(true, 4, 1, octets("f2 00 11 00 00"));
    feed(endpoint, whole);
    for (Frame frame : new Frame(true, 4, 1, octets("f2 48 cd c9 c9 07 00")).cut(3)) {
      feed(endpoint, frame);
    }
    feed(endpoint, again, Frame.text("Hello"), Frame.close(1000));
    assertEquals(
        List.of("TEXT Hello", "TEXT Hello", "TEXT Hello", "TEXT Hello", "CLOSE 1000"),
        endpoint.answers());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7})
  void otherReservedBitsStayReserved(int rsv) {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    feed(endpoint, Frame.text("x").withRsv(rsv));
    assertEquals(List.of("CLOSE 1002"), endpoint.answers());
  }

  /** RFC 7692 6: only the first frame of a message has the bit, control frames never. */
  @Test
  void bitOnAContinuationFails() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    List<Frame> frames = compressed(Frame.text("Hello, hello")).cut(4);
    feed(endpoint, frames.get(0), frames.get(1).withRsv(4));
    assertEquals(List.of("CLOSE 1002"), endpoint.answers());
  }

  @Test
  void bitOnAControlFrameFails() {
    for (Frame control : List.of(Frame.ping("x"), Frame.pong("x"), Frame.close(1000))) {
      EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
      feed(endpoint, control.withRsv(4));
      assertEquals(List.of("CLOSE 1002"), endpoint.answers());
    }
  }

  @Test
  void controlFramesStandBetweenCompressedFragments() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    List<Frame> frames = compressed(Frame.text("Hello, hello")).cut(4);
    feed(endpoint, frames.get(0), Frame.ping("p"));
    for (Frame frame : frames.subList(1, frames.size())) {
      feed(endpoint, frame);
    }
    feed(endpoint, Frame.close(1000));
    assertEquals(List.of("PONG p", "TEXT Hello, hello", "CLOSE 1000"), endpoint.answers());
  }

  @Test
  void brokenDataFailsWith1007() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    feed(endpoint, new Frame(true, 4, 2, octets("ff ff ff ff")));
    assertEquals(List.of("CLOSE 1007"), endpoint.answers());
    assertTrue(endpoint.session.isDone());
  }

  @Test
  void textThatIsNotUtf8AfterInflatingFailsWith1007() {
    for (boolean streamed : new boolean[] {false, true}) {
      EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, streamed);
      feed(endpoint, compressed(Frame.text(octets("48 65 6c ff 6f"))));
      assertEquals(List.of("CLOSE 1007"), endpoint.answers());
    }
  }

  /** A few kilobytes that would be hundreds of megabytes cost no more than the limit. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bombFailsWith1009(boolean streamed) {
    byte[] bomb = deflated(new byte[10 << 20]);
    for (int limit : new int[] {0, 1, 65535, 65536, 65537, 1 << 20, (10 << 20) - 1}) {
      EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS.withMaxMessageBytes(limit), streamed);
      feed(endpoint, new Frame(true, 4, 2, bomb));
      endpoint.session.endOfInput();
      assertEquals(List.of("closed 1009"), endpoint.events, "limit " + limit);
      assertTrue(endpoint.received <= limit, endpoint.received + " of " + limit);
    }
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS.withMaxMessageBytes(10 << 20), streamed);
    feed(endpoint, new Frame(true, 4, 2, bomb), Frame.close(1000));
    assertEquals(10 << 20, endpoint.received);
    assertEquals(List.of("closed 1000"), endpoint.events);
  }

  @Test
  void limitHoldsAcrossFragments() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS.withMaxMessageBytes(1000), false);
    for (Frame frame : new Frame(true, 4, 2, deflated(new byte[1001])).cut(2)) {
      feed(endpoint, frame);
    }
    assertEquals(List.of("CLOSE 1009"), endpoint.answers());
  }

  @Test
  void smallMessagesGoUncompressed() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    Frame small = Frame.text("*".repeat(99));
    Frame large = Frame.text("*".repeat(100));
    feed(endpoint, small, large, Frame.text(""), Frame.close(1000));
    List<Frame> frames = Frame.parseAll(endpoint.sink.bytes(), false);
    assertEquals(List.of(0, 4, 0, 0), frames.stream().map(Frame::rsv).toList());
    assertTrue(frames.get(1).payload().length < 20);
  }

  @Test
  void compressorsAreLentForMessagesOnlyWithoutTakeover() {
    EchoEndpoint endpoint = server(new DeflateParameters(true, true, 15, 15), LIMITS, false);
    Frame message = Frame.text(new String(Corpus.JSON.bytes(5000, 1), StandardCharsets.UTF_8));
    for (int i = 0; i < 3; i++) {
      feed(endpoint, compressed(message));
      assertEquals(0, pool.lent());
    }
    for (Frame frame : compressed(message).cut(100)) {
      feed(endpoint, frame);
    }
    assertEquals(0, pool.lent());
  }

  @Test
  void historyIsReleasedWhileIdleAndAtTheEnd() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    Frame message = Frame.text("*".repeat(1000));
    feed(endpoint, message);
    assertEquals(1, pool.lent());
    endpoint.session.releaseIdle();
    assertEquals(0, pool.lent());
    feed(endpoint, compressed(message));
    assertEquals(2, pool.lent());
    endpoint.session.releaseIdle();
    assertEquals(1, pool.lent());
    endpoint.session.endOfInput();
    assertEquals(0, pool.lent());
  }

  @Test
  void pausingStopsInTheMiddleOfAMessage() {
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS.withMaxMessageBytes(1 << 24), true);
    endpoint.pauseAfterEachPiece = true;
    byte[] plain = Corpus.RUN.bytes(1 << 22, 1);
    byte[] wire = new Frame(true, 4, 2, deflated(plain)).bytes(KEYS);
    ByteBuffer in = ByteBuffer.wrap(wire);
    int turns = 0;
    do {
      long before = endpoint.received;
      endpoint.session.receive(in);
      assertTrue(endpoint.received - before <= 1 << 16, "one scratch buffer at most");
      assertFalse(endpoint.session.wantsInput());
      // What is left comes again in another buffer, as the carrier kept it.
      in = ByteBuffer.allocateDirect(in.remaining()).put(in).flip();
      endpoint.session.resume();
      turns++;
    } while (endpoint.received < plain.length || in.hasRemaining());
    assertTrue(turns >= plain.length >> 16);
    endpoint.pauseAfterEachPiece = false;
    feed(endpoint, Frame.close(1000));
    assertEquals(List.of("closed 1000"), endpoint.events);
  }

  /** Client and server talk through each other's frames, whatever was agreed. */
  @Test
  void bothRolesUnderstandEachOther() {
    var random = new Random(99);
    List<Corpus> corpora = List.of(Corpus.values());
    for (int round = 0; round < 60; round++) {
      var agreed =
          new DeflateParameters(
              random.nextBoolean(),
              random.nextBoolean(),
              8 + random.nextInt(8),
              8 + random.nextInt(8));
      var settings =
          DeflateSettings.CLIENT.withLeastBytes(random.nextInt(200)).withLevel(random.nextInt(10));
      var deflate = new PerMessageDeflate(agreed, settings, pool);
      boolean streamed = random.nextBoolean();
      int room = random.nextBoolean() ? FrameSink.LEAST_ROOM : 1 << 16;
      var server = new EchoEndpoint(true, streamed, LIMITS, deflate, room);
      var client = new EchoEndpoint(false, false, LIMITS, deflate, room);
      client.echoes = false;
      for (int i = 0; i < 10; i++) {
        Corpus corpus = corpora.get(random.nextInt(corpora.size()));
        byte[] message = corpus.bytes(random.nextInt(1 << random.nextInt(18)), round * 10L + i);
        client.send(message);
        exchange(client, server, random);
        assertEquals(client.sent, client.messages, "round " + round);
      }
      client.session.close(1000, "");
      exchange(client, server, random);
      assertEquals(List.of("closed 1000"), client.events);
      assertEquals(List.of("closed 1000"), server.events);
    }
  }

  static void exchange(EchoEndpoint one, EchoEndpoint two, Random random) {
    byte[] bytes;
    byte[] back;
    do {
      one.flush();
      bytes = one.sink.take();
      feedInPieces(two, bytes, random);
      two.flush();
      back = two.sink.take();
      feedInPieces(one, back, random);
    } while (bytes.length + back.length > 0);
  }

  private static void feedInPieces(EchoEndpoint endpoint, byte[] bytes, Random random) {
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(17)));
      endpoint.feed(ByteBuffer.wrap(bytes, at, length).slice());
      at += length;
    }
  }

  /** What leaves in frames of whatever size is one stream of deflate. */
  @Test
  void framesOfALongMessageAreOneStream() {
    byte[] plain = Corpus.NOISE.bytes(300_000, 3);
    EchoEndpoint endpoint = server(ALL_ALLOWED, LIMITS, false);
    feed(endpoint, Frame.binary(plain), Frame.close(1000));
    var all = new ByteArrayOutputStream();
    List<Frame> frames = Frame.parseAll(endpoint.sink.bytes(), false);
    for (Frame frame : frames.subList(0, frames.size() - 1)) {
      assertEquals(all.size() == 0 ? 4 : 0, frame.rsv());
      assertEquals(frame == frames.get(frames.size() - 2), frame.fin());
      all.writeBytes(frame.payload());
    }
    assertTrue(frames.size() > 5);
    EchoEndpoint reader = server(ALL_ALLOWED, LIMITS, false);
    feed(reader, new Frame(true, 4, 2, all.toByteArray()), Frame.close(1000));
    assertEquals(300_000, reader.received);
  }
}
