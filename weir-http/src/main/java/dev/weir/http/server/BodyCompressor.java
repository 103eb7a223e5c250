package dev.weir.http.server;

import dev.weir.http.coding.ContentCoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses one response body on its way out: gzip (RFC 1952) or the zlib format, which HTTP calls
 * deflate (RFC 9110 8.4.1.2). Its compressor's memory is freed by {@link #finish} or {@link
 * #close}.
 */
final class BodyCompressor implements AutoCloseable {

  private static final int LEVEL = 6;

  /** So much is compressed at a time: what the exchange does not take has a bound. */
  private static final int PIECE = 16 * 1024;

  private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int GZIP_TAIL = 8;

  private final boolean gzip;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private int size;
  private ByteBuffer pending = ByteBuffer.allocate(PIECE);

  BodyCompressor(ContentCoding coding) {
    gzip = coding == ContentCoding.GZIP;
    deflater = new Deflater(LEVEL, gzip);
    if (gzip) {
      pending.put(GZIP_HEAD);
    }
    pending.flip();
  }

  /** Compresses a whole body. */
  static ByteBuffer whole(ContentCoding coding, ByteBuffer body) {
    BodyCompressor compressor = new BodyCompressor(coding);
    while (body.hasRemaining()) {
      compressor.take(body);
    }
    return compressor.finish();
  }

  /**
   * Sends what is pending, then compresses and sends more, as the exchange takes it.
   *
   * @return how many bytes of {@code body} were taken
   */
  int write(ByteBuffer body, ServerExchange exchange) {
    int start = body.remaining();
    exchange.write(pending);
    while (body.hasRemaining() && !pending.hasRemaining()) {
      take(body);
      exchange.write(pending);
    }
    return start - body.remaining();
  }

  /** Makes everything that was taken so far reach the client. */
  void flush(ServerExchange exchange) {
    deflate(Deflater.SYNC_FLUSH);
    exchange.write(pending);
  }

  private void take(ByteBuffer body) {
    ByteBuffer piece = body.slice(body.position(), Math.min(PIECE, body.remaining()));
    body.position(body.position() + piece.remaining());
    size += piece.remaining();
    if (gzip) {
      crc.update(piece.duplicate());
    }
    deflater.setInput(piece);
    deflate(Deflater.NO_FLUSH);
  }

  private void deflate(int mode) {
    pending.compact();
    while (true) {
      deflater.deflate(pending, mode);
      if (pending.hasRemaining()) {
        break;
      }
      grow(pending.capacity());
    }
    pending.flip();
  }

  private void grow(int more) {
    pending = ByteBuffer.allocate(pending.capacity() + more).put(pending.flip());
  }

  /** Ends the body, and answers what is left to be sent. */
  ByteBuffer finish() {
    deflater.finish();
    deflate(Deflater.NO_FLUSH);
    if (gzip) {
      pending.compact();
      if (pending.remaining() < GZIP_TAIL) {
        grow(GZIP_TAIL);
      }
      pending.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt(size).flip();
    }
    close();
    return pending;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
