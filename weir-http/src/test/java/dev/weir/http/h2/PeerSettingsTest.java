package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Http2Error;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerSettingsTest {
  private final PeerSettings settings = new PeerSettings();

  /** RFC 9113 6.5.2. */
  @Test
  void holdTheDefaultsAtFirst() {
    assertEquals(4096, settings.headerTableSize());
    assertEquals(100, settings.maxConcurrentStreams());
    assertEquals(65_535, settings.initialWindow());
    assertFalse(settings.connectProtocol());
  }

  @Test
  void holdWhatWasSaid() {
    settings.set(Setting.HEADER_TABLE_SIZE, -1, true);
    settings.set(Setting.MAX_CONCURRENT_STREAMS, -1, true);
    settings.set(Setting.INITIAL_WINDOW_SIZE, 5, true);
    settings.set(Setting.ENABLE_CONNECT_PROTOCOL, 1, true);
    settings.set(0xffff, -1, true);
    assertEquals(Integer.MAX_VALUE, settings.headerTableSize());
    assertEquals(0xffff_ffffL, settings.maxConcurrentStreams());
    assertEquals(5, settings.initialWindow());
    assertTrue(settings.connectProtocol());
  }

  @ParameterizedTest
  @CsvSource({
    "2, -1, false, PROTOCOL_ERROR",
    "2, 2, false, PROTOCOL_ERROR",
    "2, 1, true, PROTOCOL_ERROR",
    "4, -1, true, FLOW_CONTROL_ERROR",
    "5, 16383, true, PROTOCOL_ERROR",
    "5, 16777216, true, PROTOCOL_ERROR",
    "5, -1, true, PROTOCOL_ERROR",
    "8, 2, true, PROTOCOL_ERROR",
    "8, -1, true, PROTOCOL_ERROR",
    "9, 2, false, PROTOCOL_ERROR",
  })
  void refuse(int identifier, int value, boolean fromServer, String code) {
    var error = assertThrows(Http2Error.class, () -> settings.set(identifier, value, fromServer));
    assertEquals(code, error.error().toString());
    assertTrue(error.isOfConnection());
  }
}
