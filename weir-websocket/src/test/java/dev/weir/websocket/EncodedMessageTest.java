package dev.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.deflate.CompressorPool;
import dev.weir.websocket.deflate.DeflateParameters;
import dev.weir.websocket.deflate.PerMessageDeflate;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which form a message for many leaves, depending on what a connection agreed on. */
class EncodedMessageTest {

  private static final EncodedMessage THOUSAND = EncodedMessage.text("0123456789".repeat(100));

  private final CompressorPool pool = new CompressorPool();

  @AfterEach
  void nothingStaysLent() {
    assertEquals(0, pool.lent());
    pool.close();
  }

  private PerMessageDeflate agreed(int serverBits, int clientBits, DeflateSettings settings) {
    var parameters = new DeflateParameters(false, false, serverBits, clientBits);
    return new PerMessageDeflate(parameters, settings, pool);
  }

  private PerMessageDeflate agreed(int serverBits) {
    return agreed(serverBits, 15, DeflateSettings.SERVER);
  }

  @Test
  void isCompressedOnceForAll() {
    EncodedMessage.Form first = THOUSAND.on(agreed(15), true);
    assertTrue(first.compressed());
    assertTrue(first.bytes() < 100);
    assertEquals(first.bytes(), first.payload().remaining());
    // FIN, RSV1, text.
    assertEquals(0xC1, first.frame().get(0) & 0xFF);
    assertSame(first, THOUSAND.on(agreed(15), true));
    assertSame(first, THOUSAND.on(agreed(15, 15, DeflateSettings.CLIENT), false));
    assertSame(THOUSAND.plain(), THOUSAND.on(null, true));
    assertNotSame(first, THOUSAND.plain());
  }

  /** A back reference reaches no further than the message is long. */
  @ParameterizedTest
  @CsvSource({
    "15, 15, true, true",
    "10, 15, true, true",
    "9, 15, true, false",
    "9, 15, false, true",
    "15, 9, false, false"
  })
  void isCompressedForThoseWhoseWindowItFits(
      int serverBits, int clientBits, boolean server, boolean compressed) {
    PerMessageDeflate deflate = agreed(serverBits, clientBits, DeflateSettings.SERVER);
    assertEquals(compressed, THOUSAND.on(deflate, server).compressed());
  }

  @Test
  void isNotCompressedForThoseWhoDoNotWantItSoShort() {
    PerMessageDeflate deflate =
        agreed(15, 15, DeflateSettings.SERVER.withLeastBytes(1001).withLevel(6));
    assertFalse(THOUSAND.on(deflate, true).compressed());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "16", "17", "1000"})
  void isNotCompressedIfThatDoesNotMakeItSmaller(int length) {
    var noise = new byte[length];
    new Random(length).nextBytes(noise);
    EncodedMessage message = EncodedMessage.binary(ByteBuffer.wrap(noise));
    PerMessageDeflate deflate = agreed(15, 15, DeflateSettings.SERVER.withLeastBytes(0));
    assertSame(message.plain(), message.on(deflate, true));
    assertSame(message.plain(), message.on(deflate, true));
  }
}
