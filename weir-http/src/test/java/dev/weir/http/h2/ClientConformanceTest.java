package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a client does about every breach of the rules that a server can commit. */
class ClientConformanceTest {

  /** One script for a server that has been sent a request on each of the streams 1 and 3. */
  record Case(String id, String expected, Consumer<ScriptedPeer> script) {
    @Override
    public String toString() {
      return id + ": " + expected;
    }
  }

  private static Case of(String id, String expected, Consumer<ScriptedPeer> script) {
    return new Case(id, expected, script);
  }

  private static Case response(String id, String expected, String... lines) {
    return new Case(id, expected, p -> p.headers(1, true, lines));
  }

  private static final String FINE = "fine";
  private static final String PROTOCOL = "GOAWAY PROTOCOL_ERROR";
  private static final String SIZE = "GOAWAY FRAME_SIZE_ERROR";
  private static final String CLOSED = "GOAWAY STREAM_CLOSED";
  private static final String COMPRESSION = "GOAWAY COMPRESSION_ERROR";
  private static final String FLOW = "GOAWAY FLOW_CONTROL_ERROR";
  private static final String MALFORMED = "RST_STREAM 1 PROTOCOL_ERROR";
  private static final int WHOLE = FrameType.END_HEADERS;

  static final List<Case> frames =
      List.of(
          of("4.1 an unknown type", FINE, p -> p.frame(0x42, 0xff, 1, new byte[3])),
          of("4.2 a frame that is too large", SIZE, p -> p.frame(0x42, 0, 0, new byte[16_385])),
          of("4.3 a block that is no HPACK", COMPRESSION, p -> p.frame(1, WHOLE, 1, (byte) 0x80)),
          of(
              "4.3 PING within a block",
              PROTOCOL,
              p -> p.frame(1, 0, 1, p.block(":status: 200")).ping(1, false)),
          of("6.1 DATA on stream 0", PROTOCOL, p -> p.data(0, 1, false)),
          of("6.3 PRIORITY on stream 0", PROTOCOL, p -> p.frame(2, 0, 0, new byte[5])),
          of("6.4 RST_STREAM on stream 0", PROTOCOL, p -> p.reset(0, Http2ErrorCode.CANCEL)),
          of("6.4 RST_STREAM of 5 bytes", SIZE, p -> p.frame(3, 0, 1, new byte[5])),
          of("6.5 SETTINGS on stream 1", PROTOCOL, p -> p.frame(4, 0, 1)),
          of("6.5 SETTINGS of 7 bytes", SIZE, p -> p.frame(4, 0, 0, new byte[7])),
          of("6.5.2 ENABLE_PUSH of 0", FINE, p -> p.settings(2, 0)),
          of("6.5.2 ENABLE_PUSH of 1", PROTOCOL, p -> p.settings(2, 1)),
          of("6.5.2 INITIAL_WINDOW_SIZE of 2^31", FLOW, p -> p.settings(4, Integer.MIN_VALUE)),
          of("6.5.2 MAX_FRAME_SIZE of 0", PROTOCOL, p -> p.settings(5, 0)),
          of("RFC 8441 3 extended CONNECT taken back", PROTOCOL, p -> p.settings(8, 1, 8, 0)),
          of("6.6 PUSH_PROMISE", PROTOCOL, p -> p.frame(5, WHOLE, 1, Frames.ints(2))),
          of("6.7 PING of 9 bytes", SIZE, p -> p.frame(6, 0, 0, new byte[9])),
          of("6.8 GOAWAY on stream 1", PROTOCOL, p -> p.frame(7, 0, 1, new byte[8])),
          of("6.9 WINDOW_UPDATE by 0", PROTOCOL, p -> p.widen(0, 0)),
          of("6.9 WINDOW_UPDATE of a stream by 0", MALFORMED, p -> p.widen(1, 0)),
          of("6.9.1 the connection's window", FLOW, p -> p.widen(0, Integer.MAX_VALUE)),
          of(
              "6.9.1 a stream's window",
              "RST_STREAM 1 FLOW_CONTROL_ERROR",
              p -> p.widen(1, Integer.MAX_VALUE)),
          of("6.10 CONTINUATION alone", PROTOCOL, p -> p.frame(9, WHOLE, 1)),
          of("RFC 9218 7.1 PRIORITY_UPDATE", PROTOCOL, p -> p.frame(16, 0, 0, Frames.ints(1))));

  static final List<Case> streams =
      List.of(
          of("5.1 idle: DATA", PROTOCOL, p -> p.data(5, 1, false)),
          of("5.1 idle: HEADERS", PROTOCOL, p -> p.headers(5, true, ":status: 200")),
          of("5.1 idle: RST_STREAM", PROTOCOL, p -> p.reset(5, Http2ErrorCode.CANCEL)),
          of("5.1 idle: WINDOW_UPDATE", PROTOCOL, p -> p.widen(5, 1)),
          of("5.1.1 a stream of the server's", PROTOCOL, p -> p.headers(2, true, ":status: 200")),
          of("5.1 closed: DATA", CLOSED, p -> p.headers(1, true, ":status: 200").data(1, 1, true)),
          of(
              "5.1 closed: HEADERS",
              CLOSED,
              p -> p.headers(1, true, ":status: 200").headers(1, true, ":status: 200")),
          of(
              "5.1 half-closed: DATA",
              "RST_STREAM 3 STREAM_CLOSED",
              p -> p.headers(3, true, ":status: 200").data(3, 1, true)),
          of(
              "5.1 closed: WINDOW_UPDATE",
              FINE,
              p -> p.headers(1, true, ":status: 200").widen(1, 1)),
          of(
              "5.1 closed: RST_STREAM",
              FINE,
              p -> p.headers(1, true, ":status: 200").reset(1, Http2ErrorCode.NO_ERROR)));

  static final List<Case> messages =
      List.of(
          response("8.1 a response", FINE, ":status: 200", "x: y"),
          response("8.1 an interim response that ends", MALFORMED, ":status: 103"),
          of("8.1 DATA before the head", MALFORMED, p -> p.data(1, 1, false)),
          of(
              "8.1 DATA between heads",
              MALFORMED,
              p -> p.headers(1, false, ":status: 103").data(1, 1, false)),
          of(
              "8.1 interim responses, DATA, trailers",
              FINE,
              p ->
                  p.headers(1, false, ":status: 100")
                      .headers(1, false, ":status: 103")
                      .headers(1, false, ":status: 200")
                      .data(1, 9, false)
                      .headers(1, true, "x: y")),
          of(
              "8.1 a second final head",
              MALFORMED,
              p -> p.headers(1, false, ":status: 200").headers(1, false, ":status: 200")),
          of(
              "8.1 trailers with :status",
              MALFORMED,
              p -> p.headers(1, false, ":status: 200").headers(1, true, ":status: 200")),
          of(
              "8.1.1 more than Content-Length",
              MALFORMED,
              p -> p.headers(1, false, ":status: 200", "content-length: 1").data(1, 2, true)),
          of(
              "8.1.1 less than Content-Length",
              MALFORMED,
              p -> p.headers(1, false, ":status: 200", "content-length: 3").data(1, 2, true)),
          response(
              "8.1.1 nothing of Content-Length", MALFORMED, ":status: 200", "content-length: 1"),
          response("8.1.1 304 may have Content-Length", FINE, ":status: 304", "content-length: 1"),
          response("8.2 a name in upper case", MALFORMED, ":status: 200", "X: y"),
          response("8.2.2 Connection", MALFORMED, ":status: 200", "connection: close"),
          response("8.3.2 no :status", MALFORMED, "x: y"),
          response("8.3.2 a pseudo-header of requests", MALFORMED, ":status: 200", ":path: /"),
          response("8.6 101", MALFORMED, ":status: 101"));

  static ScriptedPeer asked() {
    var peer = ScriptedPeer.greetedServer();
    peer.open(true);
    peer.open(false);
    peer.frames();
    return peer;
  }

  @ParameterizedTest
  @FieldSource({"frames", "streams", "messages"})
  void judges(Case each) {
    var peer = asked();
    each.script().accept(peer);
    assertEquals(each.expected(), peer.verdict());
    assertEquals(each.expected().startsWith("GOAWAY"), peer.session.isOver());
    if (peer.session.isOver()) {
      assertEquals(0, peer.session.streamCount());
      assertTrue(peer.stream(3).ended || peer.stream(3).failed);
    } else {
      peer.ping(42, false);
      assertTrue(peer.frames().contains("PING ACK 42"));
    }
  }

  /** The same, when every byte comes by itself. */
  @ParameterizedTest
  @FieldSource({"frames", "streams", "messages"})
  void judgesTheSameByteByByte(Case each) {
    var whole = asked();
    each.script().accept(whole);
    var peer = ScriptedPeer.server(Http2Limits.DEFAULTS);
    peer.open(true);
    peer.open(false);
    peer.frames();
    for (byte b : whole.recording()) {
      peer.bytes(b);
    }
    assertEquals(each.expected(), peer.verdict());
    assertEquals(whole.events, peer.events);
  }
}
