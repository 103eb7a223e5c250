package dev.weir.tls.jsse;

import java.nio.ByteBuffer;

/** Looks at the five bytes before a record (RFC 8446 5.1), whatever the buffer's byte order. */
final class RecordHeader {
  static final int SIZE = 5;
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  static final int MAX_PLAINTEXT = 1 << 14;

  /** RFC 5246 6.2.3; TLS 1.3 allows less. */
  static final int MAX_CIPHERTEXT = MAX_PLAINTEXT + 2048;

  private RecordHeader() {}

  static boolean present(ByteBuffer net) {
    return net.remaining() >= SIZE;
  }

  static int type(ByteBuffer net) {
    return net.get(net.position());
  }

  static int length(ByteBuffer net) {
    int at = net.position() + 3;
    return (net.get(at) & 0xff) << 8 | (net.get(at + 1) & 0xff);
  }

  /** Whether this starts a record of TLS, of any version and of any length. */
  static boolean plausible(ByteBuffer net) {
    int type = type(net);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && net.get(net.position() + 1) == 3;
  }

  /** Whether the whole record is there. */
  static boolean whole(ByteBuffer net) {
    return present(net) && net.remaining() - SIZE >= length(net);
  }
}
