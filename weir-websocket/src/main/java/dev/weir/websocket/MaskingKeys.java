package dev.weir.websocket;

import dev.weir.loop.Loop;
import dev.weir.websocket.frame.FrameEncoder;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.IntSupplier;

/**
 * The masking keys of one loop's clients, which a page's script must not be able to predict (RFC
 * 6455 10.3): from the system's generator, a block at a time.
 */
final class MaskingKeys implements IntSupplier {

  private final SecureRandom random = new SecureRandom();
  private final byte[] block = new byte[4096];
  private final ByteBuffer keys = ByteBuffer.wrap(block).position(block.length);
  private final FrameEncoder encoder = FrameEncoder.client(this);

  /** The encoder of a loop's clients. */
  static FrameEncoder encoder(Loop loop) {
    return loop.local(MaskingKeys.class, MaskingKeys::new).encoder;
  }

  @Override
  public int getAsInt() {
    if (!keys.hasRemaining()) {
      random.nextBytes(block);
      keys.clear();
    }
    return keys.getInt();
  }
}
