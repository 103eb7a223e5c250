package dev.weir.http.h1;

import dev.weir.http.Headers;
import java.nio.ByteBuffer;

/**
 * Writes a body in chunks (RFC 9112 7.1) straight into the output, without allocation. It has no
 * state: chunks are independent.
 */
public final class ChunkedEncoder {
  /** What framing adds to a chunk at most: eight digits, and CR LF twice. */
  public static final int MOST_OVERHEAD = 12;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};

  private ChunkedEncoder() {}

  /**
   * Copies bytes from the position of {@code data} to that of {@code out} as one chunk, as many as
   * there are and as there is room for; both positions move.
   *
   * @return how many body bytes were taken; 0, with nothing written, if there is no room for a
   *     chunk
   */
  public static int encode(ByteBuffer data, ByteBuffer out) {
    int size = Math.min(data.remaining(), out.remaining() - MOST_OVERHEAD);
    if (size <= 0) {
      return 0;
    }
    start(size, out);
    out.put(out.position(), data, data.position(), size);
    out.position(out.position() + size);
    data.position(data.position() + size);
    end(out);
    return size;
  }

  /**
   * Writes what comes before the {@code size} bytes of a chunk that the caller writes himself; then
   * {@link #end}. There must be room for {@link #MOST_OVERHEAD} besides them.
   *
   * @throws IllegalArgumentException if the size is 0, which would end the body
   */
  public static void start(int size, ByteBuffer out) {
    if (size <= 0) {
      throw new IllegalArgumentException(
          "a chunk of " + size + " bytes; the last chunk is written by last (RFC 9112 7.1)");
    }
    for (int shift = (31 - Integer.numberOfLeadingZeros(size)) & ~3; shift >= 0; shift -= 4) {
      out.put(HEX[size >> shift & 15]);
    }
    out.put((byte) '\r').put((byte) '\n');
  }

  /** Writes what comes after the bytes of a chunk. */
  public static void end(ByteBuffer out) {
    out.put((byte) '\r').put((byte) '\n');
  }

  /**
   * Writes the last chunk and the trailer section, as a whole or not at all.
   *
   * @param trailers perhaps empty
   * @return whether there was room; if not, nothing was written
   * @throws IllegalArgumentException if a field must not be a trailer (RFC 9110 6.5.1)
   */
  public static boolean last(Headers trailers, ByteBuffer out) {
    if (trailers.isEmpty()) {
      if (out.remaining() < LAST.length) {
        return false;
      }
      out.put(LAST);
      return true;
    }
    Trailers.check(trailers);
    var writer = new HeadWriter();
    writer.put('0');
    writer.endLine();
    for (int i = 0; i < trailers.size(); i++) {
      writer.field(trailers.name(i), trailers.value(i));
    }
    writer.endLine();
    return writer.writeTo(out);
  }
}
