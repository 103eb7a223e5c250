package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2Error;
import org.junit.jupiter.api.Test;

/** RFC 9113 5.1.1, and {@link ResetStreams}. */
class StreamsTest {
  private final Streams ofServer = new Streams(true);
  private final Streams ofClient = new Streams(false);

  private static String refused(Runnable check) {
    return assertThrows(Http2Error.class, check::run).error().toString();
  }

  @Test
  void knowsWhoseAnIdentifierIs() {
    assertTrue(ofServer.isPeers(1));
    assertFalse(ofServer.isPeers(2));
    assertFalse(ofClient.isPeers(1));
    assertTrue(ofClient.isPeers(2));
  }

  @Test
  void knowsWhatIsIdle() {
    ofServer.peerOpens(5);
    assertEquals(5, ofServer.lastPeer());
    assertFalse(ofServer.isIdle(3));
    assertTrue(ofServer.isIdle(7));
    assertTrue(ofServer.isIdle(2));
    assertTrue(ofServer.isNextOfPeer(7));
    assertFalse(ofServer.isNextOfPeer(5));
    assertFalse(ofServer.isNextOfPeer(8));
    assertEquals("PROTOCOL_ERROR", refused(() -> ofServer.checkNotIdle(7, "DATA")));
    assertDoesNotThrow(() -> ofServer.checkNotIdle(5, "DATA"));
  }

  @Test
  void countsItsOwn() {
    assertEquals(1, ofClient.takeNext());
    assertEquals(3, ofClient.takeNext());
    assertFalse(ofClient.isIdle(3));
    assertTrue(ofClient.isIdle(5));
    assertTrue(ofClient.hasNext());
  }

  @Test
  void remembersTheLastThatItHasReset() {
    ofServer.peerOpens(999);
    for (int id = 1; id < 400; id += 2) {
      ofServer.reset(id);
    }
    assertDoesNotThrow(() -> ofServer.checkWasReset(399, "DATA"));
    assertDoesNotThrow(() -> ofServer.checkWasReset(399 - 2 * 127, "DATA"));
    assertEquals("STREAM_CLOSED", refused(() -> ofServer.checkWasReset(399 - 2 * 128, "DATA")));
    assertEquals("STREAM_CLOSED", refused(() -> ofServer.checkWasReset(401, "DATA")));
    assertEquals("PROTOCOL_ERROR", refused(() -> ofServer.checkWasReset(1001, "DATA")));
  }
}
