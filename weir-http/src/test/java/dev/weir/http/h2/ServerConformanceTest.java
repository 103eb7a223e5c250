package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a server does about every breach of the rules that a client can commit, and about what only
 * looks like one: the code, and whether it ends the stream or the connection. Where nothing is
 * wrong, the connection still answers.
 */
class ServerConformanceTest {

  /** One script for a client that has exchanged SETTINGS; {@code expected} as of verdict(). */
  record Case(String id, String expected, Consumer<ScriptedPeer> script) {
    @Override
    public String toString() {
      return id + ": " + expected;
    }
  }

  private static final String FINE = "fine";
  private static final int END = FrameType.END_STREAM;
  private static final int WHOLE = FrameType.END_HEADERS;
  private static final int PADDED = FrameType.PADDED;
  private static final int WITH_PRIORITY = FrameType.PRIORITY_PRESENT;
  private static final int ACK = FrameType.ACK;

  private static Case of(String id, String expected, Consumer<ScriptedPeer> script) {
    return new Case(id, expected, script);
  }

  private static String connection(String code) {
    return "GOAWAY " + code;
  }

  private static String stream(int id, String code) {
    return "RST_STREAM " + id + " " + code;
  }

  private static final String PROTOCOL = connection("PROTOCOL_ERROR");
  private static final String SIZE = connection("FRAME_SIZE_ERROR");
  private static final String CLOSED = connection("STREAM_CLOSED");
  private static final String COMPRESSION = connection("COMPRESSION_ERROR");
  private static final String MALFORMED = stream(1, "PROTOCOL_ERROR");

  // ---- RFC 9113 4: frames

  static final List<Case> frames =
      List.of(
          of("4.1 a frame of an unknown type", FINE, p -> p.frame(0x42, 0, 0, new byte[8])),
          of("4.1 an unknown type on an idle stream", FINE, p -> p.frame(0x42, 0xff, 7)),
          of("4.1 flags that PING does not have", FINE, p -> p.frame(6, 0xfe, 0, new byte[8])),
          of(
              "4.1 a reserved bit in the stream's identifier",
              FINE,
              p -> p.frame(1, WHOLE | END, 0x8000_0001, p.block(ScriptedPeer.GET))),
          of("4.2 a DATA frame of the largest size", FINE, p -> p.post(1).data(1, 16_384, true)),
          of("4.2 a larger DATA frame", SIZE, p -> p.post(1).data(1, 16_385, true)),
          of("4.2 a larger HEADERS frame", SIZE, p -> p.frame(1, WHOLE, 1, new byte[16_385])),
          of(
              "4.2 a larger frame of an unknown type",
              SIZE,
              p -> p.frame(66, 0, 0, new byte[16_385])),
          of(
              "4.3 a block that is no HPACK",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, (byte) 0x80)),
          of(
              "4.3 a block that ends within a line",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, (byte) 0x40, (byte) 5, (byte) 'a')),
          of(
              "4.3 PRIORITY within a block",
              PROTOCOL,
              p -> p.frame(1, END, 1, p.block(ScriptedPeer.GET)).frame(2, 0, 1, new byte[5])),
          of(
              "4.3 HEADERS of another stream within a block",
              PROTOCOL,
              p -> p.frame(1, END, 1, p.block(ScriptedPeer.GET)).get(3)),
          of(
              "4.3 an unknown frame within a block",
              PROTOCOL,
              p -> p.frame(1, END, 1, p.block(ScriptedPeer.GET)).frame(0x42, 0, 0)));

  // ---- RFC 9113 5: streams

  static final List<Case> streams =
      List.of(
          of("5.1 idle: DATA", PROTOCOL, p -> p.data(1, 4, true)),
          of("5.1 idle: RST_STREAM", PROTOCOL, p -> p.reset(1, Http2ErrorCode.CANCEL)),
          of("5.1 idle: WINDOW_UPDATE", PROTOCOL, p -> p.widen(1, 100)),
          of("5.1 idle: WINDOW_UPDATE by 0", PROTOCOL, p -> p.widen(1, 0)),
          of("5.1 idle: CONTINUATION", PROTOCOL, p -> p.frame(9, WHOLE, 1, new byte[4])),
          of("5.1 idle: PRIORITY", FINE, p -> p.frame(2, 0, 1, new byte[5])),
          of(
              "5.1 half-closed: DATA",
              stream(1, "STREAM_CLOSED"),
              p -> waits(p).get(1).data(1, 4, true)),
          of("5.1 half-closed: HEADERS", stream(1, "STREAM_CLOSED"), p -> waits(p).get(1).get(1)),
          of(
              "5.1 half-closed: CONTINUATION",
              PROTOCOL,
              p -> waits(p).get(1).frame(9, WHOLE, 1, p.block("a: b"))),
          of("5.1 half-closed: WINDOW_UPDATE", FINE, p -> waits(p).get(1).widen(1, 1)),
          of("5.1 half-closed: PRIORITY", FINE, p -> waits(p).get(1).frame(2, 0, 1, new byte[5])),
          of(
              "5.1 half-closed: RST_STREAM",
              FINE,
              p -> waits(p).get(1).reset(1, Http2ErrorCode.CANCEL)),
          of("5.1 closed: DATA", CLOSED, p -> p.get(1).data(1, 4, true)),
          of("5.1 closed: HEADERS", CLOSED, p -> p.get(1).get(1)),
          of("5.1 closed: CONTINUATION", PROTOCOL, p -> p.get(1).frame(9, WHOLE, 1, new byte[4])),
          of("5.1 closed: WINDOW_UPDATE", FINE, p -> p.get(1).widen(1, 1)),
          of("5.1 closed: RST_STREAM", FINE, p -> p.get(1).reset(1, Http2ErrorCode.CANCEL)),
          of("5.1 closed: PRIORITY", FINE, p -> p.get(1).frame(2, 0, 1, new byte[5])),
          of(
              "5.1 closed by the client's reset: DATA",
              CLOSED,
              p -> p.post(1).reset(1, Http2ErrorCode.CANCEL).data(1, 4, true)),
          of(
              "5.1 closed by the client's reset: HEADERS",
              CLOSED,
              p -> p.post(1).reset(1, Http2ErrorCode.CANCEL).get(1)),
          of("5.1.1 an even identifier", PROTOCOL, p -> p.get(2)),
          of("5.1.1 an identifier below the last", CLOSED, p -> p.get(5).get(3)),
          of("5.1.1 identifiers may be left out", FINE, p -> p.get(1).get(101)),
          of("5.3.1 HEADERS that depend on themselves", MALFORMED, p -> withPriority(p, 1, 1)),
          of(
              "5.3.1 PRIORITY that depends on itself",
              MALFORMED,
              p -> waits(p).get(1).frame(2, 0, 1, dependsOn(1))),
          of(
              "5.3.1 PRIORITY of an idle stream on itself",
              PROTOCOL,
              p -> p.frame(2, 0, 1, dependsOn(1))),
          of("5.3.2 HEADERS with a priority", FINE, p -> withPriority(p, 1, 0)),
          of("5.5 an unknown setting", FINE, p -> p.settings(0xff, 1)));

  private static ScriptedPeer waits(ScriptedPeer peer) {
    peer.prepare = stream -> stream.answer = null;
    return peer;
  }

  private static byte[] dependsOn(int id) {
    return Frames.join(Frames.ints(id), new byte[] {1});
  }

  private static void withPriority(ScriptedPeer p, int id, int on) {
    p.frame(
        FrameType.HEADERS,
        WHOLE | END | WITH_PRIORITY,
        id,
        Frames.join(dependsOn(on), p.block(ScriptedPeer.GET)));
  }

  // ---- RFC 9113 6: what each frame may be

  static final List<Case> definitions =
      List.of(
          of("6.1 DATA on stream 0", PROTOCOL, p -> p.data(0, 4, false)),
          of(
              "6.1 DATA with padding",
              FINE,
              p -> p.post(1).frame(0, PADDED | END, 1, bytes(2, 9, 0, 0))),
          of(
              "6.1 DATA that is all padding",
              FINE,
              p -> p.post(1).frame(0, PADDED | END, 1, bytes(2, 0, 0))),
          of(
              "6.1 DATA with more padding than it has",
              PROTOCOL,
              p -> p.post(1).frame(0, PADDED | END, 1, bytes(3, 0, 0))),
          of(
              "6.1 padded DATA without the length of it",
              SIZE,
              p -> p.post(1).frame(0, PADDED | END, 1)),
          of("6.2 HEADERS on stream 0", PROTOCOL, p -> p.get(0)),
          of("6.2 HEADERS with padding", FINE, p -> padded(p, 5, 5)),
          of("6.2 HEADERS with more padding than it has", PROTOCOL, p -> padded(p, 255, 0)),
          of(
              "6.2 padded HEADERS without the length of it",
              SIZE,
              p -> p.frame(1, PADDED | WHOLE, 1)),
          of(
              "6.2 HEADERS too short for its priority",
              SIZE,
              p -> p.frame(1, WITH_PRIORITY | WHOLE, 1, new byte[4])),
          of("6.3 PRIORITY on stream 0", PROTOCOL, p -> p.frame(2, 0, 0, new byte[5])),
          of(
              "6.3 PRIORITY of 4 bytes",
              stream(1, "FRAME_SIZE_ERROR"),
              p -> waits(p).get(1).frame(2, 0, 1, new byte[4])),
          of("6.3 PRIORITY of 4 bytes, idle", SIZE, p -> p.frame(2, 0, 1, new byte[4])),
          of("6.4 RST_STREAM on stream 0", PROTOCOL, p -> p.reset(0, Http2ErrorCode.CANCEL)),
          of("6.4 RST_STREAM of 3 bytes", SIZE, p -> waits(p).get(1).frame(3, 0, 1, new byte[3])),
          of(
              "6.4 RST_STREAM of an unknown code",
              FINE,
              p -> waits(p).get(1).frame(3, 0, 1, Frames.ints(0xdead))),
          of("6.5 SETTINGS on stream 1", PROTOCOL, p -> p.frame(4, 0, 1)),
          of("6.5 SETTINGS of 5 bytes", SIZE, p -> p.frame(4, 0, 0, new byte[5])),
          of("6.5 SETTINGS with ACK and a setting", SIZE, p -> p.frame(4, ACK, 0, new byte[6])),
          of("6.5 an ACK that nobody waits for", FINE, p -> p.frame(4, ACK, 0)),
          of("6.5.2 ENABLE_PUSH of 0", FINE, p -> p.settings(2, 0)),
          of("6.5.2 ENABLE_PUSH of 1", FINE, p -> p.settings(2, 1)),
          of("6.5.2 ENABLE_PUSH of 2", PROTOCOL, p -> p.settings(2, 2)),
          of("6.5.2 the largest INITIAL_WINDOW_SIZE", FINE, p -> p.settings(4, Integer.MAX_VALUE)),
          of(
              "6.5.2 a larger INITIAL_WINDOW_SIZE",
              connection("FLOW_CONTROL_ERROR"),
              p -> p.settings(4, Integer.MIN_VALUE)),
          of("6.5.2 the least MAX_FRAME_SIZE", FINE, p -> p.settings(5, 16_384)),
          of("6.5.2 a smaller MAX_FRAME_SIZE", PROTOCOL, p -> p.settings(5, 16_383)),
          of("6.5.2 the largest MAX_FRAME_SIZE", FINE, p -> p.settings(5, 0xff_ffff)),
          of("6.5.2 a larger MAX_FRAME_SIZE", PROTOCOL, p -> p.settings(5, 0x100_0000)),
          of("6.5.2 no streams for the server", FINE, p -> p.settings(3, 0)),
          of("RFC 8441 3 ENABLE_CONNECT_PROTOCOL of 2", PROTOCOL, p -> p.settings(8, 2)),
          of(
              "RFC 8441 3 ENABLE_CONNECT_PROTOCOL taken back",
              PROTOCOL,
              p -> p.settings(8, 1, 8, 0)),
          of("RFC 9218 2.1 NO_RFC7540_PRIORITIES of 2", PROTOCOL, p -> p.settings(9, 2)),
          of(
              "6.6 PUSH_PROMISE of a client",
              PROTOCOL,
              p -> waits(p).get(1).frame(5, WHOLE, 1, Frames.ints(2))),
          of("6.7 PING on stream 1", PROTOCOL, p -> p.frame(6, 0, 1, new byte[8])),
          of("6.7 PING of 7 bytes", SIZE, p -> p.frame(6, 0, 0, new byte[7])),
          of("6.7 an answer to no PING", FINE, p -> p.ping(77, true)),
          of("6.8 GOAWAY on stream 1", PROTOCOL, p -> p.frame(7, 0, 1, new byte[8])),
          of("6.8 GOAWAY of 7 bytes", SIZE, p -> p.frame(7, 0, 0, new byte[7])),
          of(
              "6.8 GOAWAY that takes an earlier one back",
              PROTOCOL,
              p ->
                  waits(p)
                      .get(1)
                      .goAway(0, Http2ErrorCode.NO_ERROR)
                      .goAway(2, Http2ErrorCode.NO_ERROR)),
          of("6.9 WINDOW_UPDATE by 0", PROTOCOL, p -> p.widen(0, 0)),
          of("6.9 WINDOW_UPDATE of a stream by 0", MALFORMED, p -> waits(p).get(1).widen(1, 0)),
          of("6.9 WINDOW_UPDATE of 3 bytes", SIZE, p -> p.frame(8, 0, 0, new byte[3])),
          of(
              "6.9.1 the connection's window passes the most",
              connection("FLOW_CONTROL_ERROR"),
              p -> p.widen(0, Integer.MAX_VALUE)),
          of(
              "6.9.1 a stream's window passes the most",
              stream(1, "FLOW_CONTROL_ERROR"),
              p -> waits(p).get(1).widen(1, Integer.MAX_VALUE)),
          of(
              "6.9.2 SETTINGS make a window pass the most",
              connection("FLOW_CONTROL_ERROR"),
              p -> waits(p).get(1).widen(1, 1).settings(4, Integer.MAX_VALUE)),
          of("6.10 CONTINUATION on stream 0", PROTOCOL, p -> p.frame(9, WHOLE, 0, new byte[4])),
          of(
              "6.10 CONTINUATION after a whole block",
              PROTOCOL,
              p -> waits(p).get(1).frame(9, WHOLE, 1, p.block("a: b"))),
          of(
              "6.10 CONTINUATION after a block that it ended",
              PROTOCOL,
              p -> inTwo(waits(p)).frame(9, WHOLE, 1, p.block("a: b"))),
          of(
              "6.10 CONTINUATION after DATA",
              PROTOCOL,
              p -> p.post(1).data(1, 4, true).frame(9, WHOLE, 1, new byte[1])),
          of("6.10 a block in two frames", FINE, ServerConformanceTest::inTwo),
          of(
              "RFC 9218 7.1 PRIORITY_UPDATE",
              FINE,
              p -> waits(p).get(1).frame(16, 0, 0, update(1, "u=0, i"))),
          of(
              "RFC 9218 7.1 PRIORITY_UPDATE of nonsense",
              FINE,
              p -> waits(p).get(1).frame(16, 0, 0, update(1, "u=?;;,,("))),
          of(
              "RFC 9218 7.1 PRIORITY_UPDATE of an idle stream",
              FINE,
              p -> p.frame(16, 0, 0, update(9, "u=0"))),
          of(
              "RFC 9218 7.1 PRIORITY_UPDATE for stream 0",
              PROTOCOL,
              p -> p.frame(16, 0, 0, update(0, "u=0"))),
          of(
              "RFC 9218 7.1 PRIORITY_UPDATE on stream 1",
              PROTOCOL,
              p -> p.frame(16, 0, 1, update(1, "u=0"))),
          of("RFC 9218 7.1 PRIORITY_UPDATE of 3 bytes", SIZE, p -> p.frame(16, 0, 0, new byte[3])));

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] update(int id, String value) {
    return Frames.join(Frames.ints(id), value.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static void padded(ScriptedPeer p, int said, int there) {
    p.frame(
        FrameType.HEADERS,
        WHOLE | END | PADDED,
        1,
        Frames.join(bytes(said), p.block(ScriptedPeer.GET), new byte[there]));
  }

  private static ScriptedPeer inTwo(ScriptedPeer p) {
    var block = p.block(ScriptedPeer.GET);
    return p.frame(FrameType.HEADERS, END, 1, Arrays.copyOf(block, 2))
        .frame(FrameType.CONTINUATION, WHOLE, 1, Arrays.copyOfRange(block, 2, block.length));
  }

  // ---- RFC 9113 8: messages

  static final List<Case> messages =
      List.of(
          of("8.1 trailers", FINE, p -> p.post(1).data(1, 3, false).headers(1, true, "x: y")),
          of(
              "8.1 trailers that do not end the stream",
              MALFORMED,
              p -> p.post(1).headers(1, false, "x: y")),
          of(
              "8.1 trailers with a pseudo-header",
              MALFORMED,
              p -> p.post(1).headers(1, true, ":method: GET")),
          of(
              "8.1.1 Content-Length, and as much",
              FINE,
              p -> p.post(1, "content-length: 3").data(1, 3, true)),
          of(
              "8.1.1 Content-Length, and less",
              MALFORMED,
              p -> p.post(1, "content-length: 3").data(1, 2, true)),
          of(
              "8.1.1 Content-Length, and more",
              MALFORMED,
              p -> p.post(1, "content-length: 3").data(1, 4, true)),
          of(
              "8.1.1 Content-Length, and more in two",
              MALFORMED,
              p -> p.post(1, "content-length: 3").data(1, 3, false).data(1, 1, true)),
          of(
              "8.1.1 Content-Length, and trailers too early",
              MALFORMED,
              p -> p.post(1, "content-length: 3").headers(1, true, "x: y")),
          of(
              "8.1.1 padding is no content",
              FINE,
              p -> p.post(1, "content-length: 1").frame(0, PADDED | END, 1, bytes(2, 9, 0, 0))),
          of(
              "8.3 what is refused still counts for HPACK",
              MALFORMED,
              ServerConformanceTest::refusedThenIndexed),
          of(
              "8.4 of a client's streams: none promised",
              PROTOCOL,
              p -> p.frame(5, WHOLE, 1, Frames.ints(2))),
          of(
              "8.7 nothing was done for what is malformed",
              MALFORMED,
              p -> {
                p.headers(1, true, "x: y");
                assertEquals(List.of("settings"), p.events);
              }));

  private static void refusedThenIndexed(ScriptedPeer p) {
    p.headers(1, true, ScriptedPeer.with(ScriptedPeer.GET, "X: y", "own: value"));
    p.headers(3, true, ScriptedPeer.with(ScriptedPeer.GET, "own: value"));
    p.headers(5, true, ScriptedPeer.with(ScriptedPeer.GET, "own: value"));
    assertEquals("value", p.stream(5).head.headers().get("own"));
  }

  // ---- RFC 7541

  static final List<Case> hpack =
      List.of(
          of(
              "RFC 7541 2.3.3 an index that no table has",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, bytes(0xff, 0x20))),
          of(
              "RFC 7541 4.2 a table's size at the end of a block",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, Frames.join(p.block(ScriptedPeer.GET), bytes(0x20)))),
          of(
              "RFC 7541 5.2 padding longer than 7 bits",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, bytes(0x82, 0x00, 0x82, 0x1f, 0xff, 0x00))),
          of(
              "RFC 7541 5.2 padding by zeros",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, bytes(0x00, 0x81, 0x18, 0x00))),
          of(
              "RFC 7541 5.2 a string with EOS",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, bytes(0x00, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00))),
          of("RFC 7541 6.1 index 0", COMPRESSION, p -> p.frame(1, WHOLE | END, 1, bytes(0x80))),
          of(
              "RFC 7541 6.3 a table larger than allowed",
              COMPRESSION,
              p -> p.frame(1, WHOLE | END, 1, bytes(0x3f, 0xe2, 0x1f))),
          of(
              "RFC 7541 6.3 an empty table",
              FINE,
              p ->
                  p.frame(1, WHOLE | END, 1, Frames.join(bytes(0x20), p.block(ScriptedPeer.GET)))));

  @ParameterizedTest
  @FieldSource({"frames", "streams", "definitions", "messages", "hpack"})
  void judges(Case each) {
    var peer = ScriptedPeer.greetedClient();
    each.script().accept(peer);
    assertEquals(each.expected(), peer.verdict());
    assertEquals(each.expected().startsWith("GOAWAY"), peer.session.isOver());
    if (!peer.session.isOver()) {
      peer.ping(42, false);
      assertTrue(peer.frames().contains("PING ACK 42"));
    } else {
      assertEquals(0, peer.session.streamCount());
    }
  }

  /** The same, when every byte comes by itself. */
  @ParameterizedTest
  @FieldSource({"frames", "streams", "definitions", "messages", "hpack"})
  void judgesTheSameByteByByte(Case each) {
    var whole = ScriptedPeer.greetedClient();
    each.script().accept(whole);
    var recording = whole.recording();
    var peer = ScriptedPeer.client(dev.weir.http.Http2Limits.DEFAULTS);
    peer.prepare = whole.prepare;
    for (byte b : recording) {
      peer.bytes(b);
    }
    assertEquals(each.expected(), peer.verdict());
    assertEquals(whole.events, peer.events);
  }
}
