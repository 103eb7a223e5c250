package dev.weir.http.h2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PrefaceTest {

  @Test
  void isKnownByItsMethod() {
    assertTrue(Preface.isBegunBy(ByteBuffer.wrap(Frames.PREFACE)));
    assertTrue(Preface.isBegunBy(ByteBuffer.wrap(Frames.PREFACE, 0, 4)));
    assertFalse(Preface.isBegunBy(ByteBuffer.wrap(Frames.PREFACE, 0, 3)));
    assertFalse(Preface.isBegunBy(ByteBuffer.wrap("PRIX".getBytes(US_ASCII))));
  }

  @Test
  void isReadInWhateverPieces() {
    var preface = new Preface();
    for (int at = 0; at < Frames.PREFACE.length - 1; at++) {
      assertFalse(preface.read(ByteBuffer.wrap(Frames.PREFACE, at, 1)));
      assertFalse(preface.read(ByteBuffer.allocate(0)));
    }
    var last = ByteBuffer.wrap(new byte[] {'\n', 7});
    assertTrue(preface.read(last));
    assertEquals(1, last.remaining());
  }

  @Test
  void mustBeRightInEveryByte() {
    for (int at = 0; at < Frames.PREFACE.length; at++) {
      var bytes = Frames.PREFACE.clone();
      bytes[at] ^= 1;
      var wrong = assertThrows(Http2Error.class, () -> new Preface().read(ByteBuffer.wrap(bytes)));
      assertEquals(Http2ErrorCode.PROTOCOL_ERROR, wrong.error());
      assertTrue(wrong.isOfConnection());
    }
  }

  @Test
  void ofAnotherProtocolIsRefusedByTheSession() {
    var peer = ScriptedPeer.client(Http2Limits.DEFAULTS);
    peer.bytes("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
    assertEquals("GOAWAY PROTOCOL_ERROR", peer.verdict());
  }

  @Test
  void isWhatAClientSends() {
    var peer = ScriptedPeer.server(Http2Limits.DEFAULTS);
    assertTrue(new Preface().read(ByteBuffer.wrap(peer.take())));
  }
}
