package dev.weir.tls.jsse;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Has JSSE work on the heap. Its ciphers reach a direct buffer only through copies in small pieces:
 * a record of 16,000 bytes is encrypted in half the time if it is made in an array and copied
 * whole. The array belongs to the thread, which is the loop's, so that no idle engine holds one.
 */
final class HeapRecords {
  private static final ThreadLocal<ByteBuffer> SCRATCH =
      ThreadLocal.withInitial(
          () -> ByteBuffer.allocate(RecordHeader.SIZE + RecordHeader.MAX_CIPHERTEXT));

  private HeapRecords() {}

  /** Makes one record; {@code net} has room for it. */
  static SSLEngineResult wrap(SSLEngine engine, ByteBuffer app, ByteBuffer net)
      throws SSLException {
    if (!net.isDirect()) {
      return engine.wrap(app, net);
    }
    var scratch = SCRATCH.get().clear();
    var result = engine.wrap(app, scratch);
    net.put(scratch.flip());
    return result;
  }

  /** Opens one record, which is there as a whole. */
  static SSLEngineResult unwrap(SSLEngine engine, ByteBuffer net, ByteBuffer app)
      throws SSLException {
    if (!net.isDirect()) {
      return engine.unwrap(net, app);
    }
    int length = RecordHeader.SIZE + RecordHeader.length(net);
    var scratch = SCRATCH.get().clear();
    scratch.put(0, net, net.position(), length).limit(length);
    var result = engine.unwrap(scratch, app);
    net.position(net.position() + scratch.position());
    return result;
  }
}
