package dev.weir.http.exchange;

import dev.weir.http.Headers;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.ChunkedEncoder;
import dev.weir.stream.ByteStream;
import dev.weir.stream.FileRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one HTTP/1.1 exchange: heads, then the body in its framing (RFC 9112 6),
 * straight into the buffer that leaves. A head that finds no room waits here, and so does the end
 * of a body. Loop thread.
 */
public abstract class MessageOutput {

  private static final int USUAL_HEAD = 512;
  private static final int USUAL_END = 64;
  private static final int SMALL = 4 * 1024;
  private static final int LARGEST = 256 * 1024;

  private BodyFraming framing = BodyFraming.NONE;

  /** What is left to be sent of a body whose length was told. */
  private long remaining;

  /** Heads, and the end of a body, that the stream had no room for. */
  private @Nullable ByteBuffer owed;

  /** Nothing to send yet. */
  protected MessageOutput() {}

  /** Makes it the output of another exchange. */
  public final void begin() {
    framing = BodyFraming.NONE;
    remaining = 0;
    owed = null;
  }

  /** Writes the head that is to be sent, as a whole; false if there is not enough room for it. */
  protected abstract boolean encodeHead(ByteBuffer out);

  /**
   * Sends a head, {@linkplain #encodeHead encoded} into the stream's own buffer.
   *
   * @param how the body after it is framed
   * @param length of the body, if that is how
   * @return false if some of it is owed for want of room
   * @throws IllegalArgumentException if it can be no head, or is too long for one
   */
  protected final boolean sendHead(ByteStream stream, BodyFraming how, long length) {
    framing = how;
    remaining = how == BodyFraming.LENGTH ? length : 0;
    return send(stream, null);
  }

  /** Sends a head, or the end of chunks; in order, behind what is owed already. */
  private boolean send(ByteStream stream, @Nullable Headers end) {
    if (owed == null) {
      for (int room = end == null ? USUAL_HEAD : USUAL_END;
          room <= ByteStream.MAX_RESERVE;
          room *= 8) {
        ByteBuffer out = stream.reserve(room);
        if (out == null) {
          break;
        }
        if (encode(out, end)) {
          return true;
        }
      }
    }
    owe(end);
    return drain(stream);
  }

  private boolean encode(ByteBuffer out, @Nullable Headers end) {
    return end == null ? encodeHead(out) : ChunkedEncoder.last(end, out);
  }

  private void owe(@Nullable Headers end) {
    for (int room = end == null ? USUAL_HEAD : USUAL_END; room <= LARGEST; room *= 8) {
      ByteBuffer later = ByteBuffer.allocate(room);
      if (encode(later, end)) {
        later.flip();
        ByteBuffer before = owed == null ? ByteBuffer.allocate(0) : owed;
        owed =
            ByteBuffer.allocate(before.remaining() + later.remaining())
                .put(before)
                .put(later)
                .flip();
        return;
      }
    }
    throw new IllegalArgumentException(
        "a header or trailer section of more than " + LARGEST + " bytes");
  }

  /**
   * Sends bytes of the body, as many as there is room for; where there can be no body they are
   * dropped.
   *
   * @throws IllegalStateException if they are more than the length that was told
   */
  public final int write(ByteStream stream, ByteBuffer bytes) {
    if (owed != null) {
      return 0;
    }
    return switch (framing) {
      case LENGTH -> {
        if (bytes.remaining() > remaining) {
          throw new IllegalStateException(
              "a body of more bytes than its length: " + (bytes.remaining() - remaining));
        }
        int count = stream.write(bytes);
        remaining -= count;
        yield count;
      }
      case UNTIL_CLOSE -> stream.write(bytes);
      case CHUNKED -> writeChunks(stream, bytes);
      case NONE, SWITCHED -> {
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        yield count;
      }
    };
  }

  /**
   * As {@link #write(ByteStream, ByteBuffer)}; a small body is put into the stream's own buffer, so
   * that nothing is wrapped.
   */
  public final int write(ByteStream stream, byte[] bytes) {
    if (framing == BodyFraming.LENGTH && owed == null && bytes.length <= SMALL) {
      ByteBuffer out = bytes.length <= remaining ? stream.reserve(bytes.length) : null;
      if (out != null) {
        out.put(bytes);
        remaining -= bytes.length;
        return bytes.length;
      }
    }
    return write(stream, ByteBuffer.wrap(bytes));
  }

  private static int writeChunks(ByteStream stream, ByteBuffer bytes) {
    int total = 0;
    while (bytes.hasRemaining()) {
      int wanted = bytes.remaining() + ChunkedEncoder.MOST_OVERHEAD;
      ByteBuffer out = stream.reserve(Math.min(wanted, ByteStream.MAX_RESERVE));
      if (out == null) {
        break;
      }
      total += ChunkedEncoder.encode(bytes, out);
    }
    return total;
  }

  /**
   * Sends a part of a file as bytes of the body; false if the framing or the stream cannot. What
   * {@code done} is told it reports by {@link #transferred}.
   */
  public final boolean transfer(ByteStream stream, FileRegion region, FileRegion.Done done) {
    return framing == BodyFraming.LENGTH
        && owed == null
        && region.count() <= remaining
        && stream.transfer(region, done);
  }

  /** So many bytes of the body went by a transfer. */
  public final void transferred(long count) {
    remaining -= count;
  }

  /**
   * Ends the body; false if the stream has no room for its end now.
   *
   * @throws IllegalArgumentException if a field must not be a trailer (RFC 9110 6.5.1)
   */
  public final boolean end(ByteStream stream, Headers trailers) {
    return framing != BodyFraming.CHUNKED || send(stream, trailers);
  }

  /** Whether a head or an end is still to be sent. */
  public final boolean owes() {
    return owed != null;
  }

  /** How many bytes are missing of a body whose length was told. */
  public final long missing() {
    return remaining;
  }

  /** Sends what is owed; false if there is no room for all of it yet. */
  public final boolean drain(ByteStream stream) {
    ByteBuffer bytes = owed;
    if (bytes != null) {
      stream.write(bytes);
      if (bytes.hasRemaining()) {
        return false;
      }
      owed = null;
    }
    return true;
  }
}
