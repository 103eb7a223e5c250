package dev.weir.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What tests send, and what has come of it. */
public final class Octets {

  private Octets() {}

  /** These in a direct buffer. */
  public static ByteBuffer direct(int... values) {
    ByteBuffer direct = ByteBuffer.allocateDirect(values.length);
    for (int value : values) {
      direct.put((byte) value);
    }
    return direct.flip();
  }

  /** The next {@code count} that arrive. */
  public static byte[] arrived(SocketChannel peer, int count) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(count);
    while (into.hasRemaining() && peer.read(into) >= 0) {}
    assertEquals(0, into.remaining());
    return into.array();
  }
}
