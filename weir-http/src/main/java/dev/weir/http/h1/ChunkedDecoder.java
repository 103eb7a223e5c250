package dev.weir.http.h1;

import dev.weir.http.Headers;
import dev.weir.http.HttpLimits;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.fields.Octets;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks (RFC 9112 7.1). Sizes and extensions are consumed byte by byte as they come; the
 * trailer section waits until it is whole, as heads do.
 */
final class ChunkedDecoder implements BodyDecoder {
  private enum State {
    SIZE_START,
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILERS,
    END
  }

  /** As many digits as the largest size needs; more can only be leading zeros. */
  private static final int MOST_DIGITS = 16;

  private final Role role;
  private final HttpLimits limits;
  private State state = State.SIZE_START;
  private ChunkExtension extension = ChunkExtension.SIZE;
  private int digits;

  /** While reading a size: what is known of it. In DATA: what is left of the chunk. */
  private long size;

  private long received;
  private long extensionBytes;
  private int available;
  private @Nullable HeadScanner trailerScanner;
  private @Nullable FieldTable trailers;

  ChunkedDecoder(Role role, HttpLimits limits) {
    this.role = role;
    this.limits = limits;
  }

  @Override
  public Event decode(ByteBuffer in) {
    while (true) {
      switch (state) {
        case DATA -> {
          if (size > 0) {
            available = (int) Math.min(size, in.remaining());
            return available > 0 ? Event.DATA : Event.NEED_MORE;
          }
          state = State.DATA_CR;
        }
        case TRAILERS -> {
          if (!trailerSection(in)) {
            return Event.NEED_MORE;
          }
          state = State.END;
        }
        case END -> {
          return Event.END;
        }
        default -> {
          if (!in.hasRemaining()) {
            return Event.NEED_MORE;
          }
          state = next(in.get());
        }
      }
    }
  }

  /** One octet of the framing between data. */
  private State next(byte octet) {
    return switch (state) {
      case SIZE_START -> {
        size = 0;
        digits = 0;
        extension = ChunkExtension.SIZE;
        yield sizeDigit(octet);
      }
      case SIZE ->
          switch (octet) {
            case '\r' -> State.SIZE_LF;
            case ';', ' ', '\t' -> extension(octet);
            default -> sizeDigit(octet);
          };
      case EXTENSION -> octet == '\r' && extension.complete() ? State.SIZE_LF : extension(octet);
      case SIZE_LF -> {
        expect('\n', octet, "after a chunk size");
        yield sizeKnown();
      }
      case DATA_CR -> {
        expect('\r', octet, "after the data of a chunk");
        yield State.DATA_LF;
      }
      case DATA_LF -> {
        expect('\n', octet, "after the data of a chunk");
        yield State.SIZE_START;
      }
      case DATA, TRAILERS, END -> throw new IllegalStateException(state.toString());
    };
  }

  private State sizeDigit(byte octet) {
    int digit = Octets.hexDigit(octet);
    if (digit < 0) {
      throw role.malformed(
          "RFC 9112 7.1",
          "0x%02x in a chunk size".formatted(octet & 0xff),
          "hexadecimal digits alone",
          "send the size as 1*HEXDIG");
    }
    if (++digits > MOST_DIGITS || size > Long.MAX_VALUE >> 4) {
      throw role.malformed(
          "RFC 9112 7.1", "a chunk size of 2^63 or more", "a smaller one", "send smaller chunks");
    }
    size = (size << 4) | digit;
    return State.SIZE;
  }

  /** Extensions cost us time and the sender nothing, so there may be only so many. */
  private State extension(byte octet) {
    extension = extension.next(octet);
    if (extension == ChunkExtension.INVALID) {
      throw role.malformed(
          "RFC 9112 7.1.1",
          "0x%02x where it has no place in a chunk extension".formatted(octet & 0xff),
          "CR LF, or ;name or ;name=value",
          "send no chunk extensions");
    }
    if (++extensionBytes > limits.chunkExtensionBytes() + received) {
      throw role.malformed(
          "RFC 9112 7.1.1",
          "more chunk extensions",
          "at most " + limits.chunkExtensionBytes() + " bytes more of them than of data",
          "send no chunk extensions, or raise HttpLimits.chunkExtensionBytes");
    }
    return State.EXTENSION;
  }

  private State sizeKnown() {
    if (size == 0) {
      return State.TRAILERS;
    }
    if (size > limits.bodyBytes() - received) {
      throw role.bodyTooLarge(
          "a chunk of " + size + " bytes after " + received, limits.bodyBytes());
    }
    return State.DATA;
  }

  private void expect(char expected, byte octet, String where) {
    if (octet != expected) {
      throw role.malformed(
          "RFC 9112 7.1",
          "0x%02x %s".formatted(octet & 0xff, where),
          "CR LF",
          "make the chunk as long as its size says, and end lines by CR LF");
    }
  }

  /** Whether the trailer section is there as a whole; if it is, consumes it. */
  private boolean trailerSection(ByteBuffer in) {
    if (trailerScanner == null) {
      int at = in.position();
      int present = in.remaining();
      if (present == 0 || (present == 1 && in.get(at) == '\r')) {
        return false;
      }
      if (in.get(at) == '\r' && in.get(at + 1) == '\n') {
        in.position(at + 2);
        return true;
      }
      trailerScanner = HeadScanner.ofTrailers(limits);
    }
    if (!trailerScanner.scan(in)) {
      return false;
    }
    int length = trailerScanner.length();
    boolean whole = trailerScanner.fault() == HeadScanner.Fault.NONE;
    var section = new FieldTable();
    section.load(in, length);
    FieldParser.parse(
        role, section, 0, whole ? length - 2 : length, limits.trailerCount(), "trailerCount");
    if (!whole) {
      throw trailerScanner.error(role, in);
    }
    in.position(in.position() + length);
    Trailers.dropForbidden(section);
    trailers = section;
    return true;
  }

  @Override
  public int available() {
    return available;
  }

  @Override
  public void consumed(int bytes) {
    size -= bytes;
    received += bytes;
    available -= bytes;
  }

  @Override
  public void endOfInput() {
    if (state != State.END) {
      throw role.malformed(
          "RFC 9112 8",
          "the end of the connection before that of the body",
          "a last chunk of size 0",
          "send the whole body");
    }
  }

  @Override
  public Headers trailers() {
    return trailers != null ? trailers : Headers.create();
  }
}
