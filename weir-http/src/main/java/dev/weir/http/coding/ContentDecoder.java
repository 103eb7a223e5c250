package dev.weir.http.coding;

import dev.weir.http.HttpError;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes gzip (RFC 1952, any number of members) or deflate as bytes come. What servers call deflate
 * is zlib (RFC 1950), but some send the bare format (RFC 1951); the first byte tells which (RFC
 * 9110 8.4.1.2).
 *
 * <p>Output is bounded: what grows beyond a ratio is a bomb, and refused. For one thread; must be
 * closed, it holds memory outside of the heap.
 */
public final class ContentDecoder implements AutoCloseable {

  private enum State {
    START,
    GZIP_HEADER,
    DATA,
    GZIP_TRAILER,
    /** Between gzip members, or after the last. */
    MEMBER_END,
    END
  }

  private static final int GZIP_TRAILER = 8;

  private final ContentCoding coding;
  private final int maxRatio;
  private final long alwaysAllowed;
  private final CRC32 checksum = new CRC32();
  private final byte[] trailer = new byte[GZIP_TRAILER];
  private Inflater inflater = new Inflater(true);
  private GzipHeader header = new GzipHeader();
  private State state = State.START;
  private int trailerLength;
  private long in;
  private long out;

  /**
   * A decoder for one body.
   *
   * @param coding GZIP or DEFLATE
   * @param maxRatio how many bytes one encoded byte may become
   * @param alwaysAllowed how many bytes may come out whatever the ratio
   */
  public ContentDecoder(ContentCoding coding, int maxRatio, long alwaysAllowed) {
    if (coding != ContentCoding.GZIP && coding != ContentCoding.DEFLATE) {
      throw new IllegalArgumentException("there is no decoder for " + coding.token());
    }
    this.coding = coding;
    this.maxRatio = maxRatio;
    this.alwaysAllowed = alwaysAllowed;
  }

  /**
   * Decodes from the position of {@code encoded} to that of {@code decoded}, until the one is used
   * up or the other is full. Called again with room when the output was full: there may be more.
   *
   * @throws HttpError 502 if the bytes are not of this coding, or a bomb
   */
  public void decode(ByteBuffer encoded, ByteBuffer decoded) {
    boolean goOn = true;
    while (goOn) {
      goOn =
          switch (state) {
            case START -> start(encoded);
            case GZIP_HEADER -> {
              int before = encoded.position();
              boolean whole = header.read(encoded);
              in += encoded.position() - before;
              state = whole ? State.DATA : state;
              yield whole;
            }
            case DATA -> inflate(encoded, decoded);
            case GZIP_TRAILER -> readTrailer(encoded);
            case MEMBER_END -> nextMember(encoded);
            case END -> {
              if (encoded.hasRemaining()) {
                throw malformed(encoded.remaining() + " bytes after the end");
              }
              yield false;
            }
          };
    }
  }

  private boolean start(ByteBuffer encoded) {
    if (!encoded.hasRemaining()) {
      return false;
    }
    if (coding == ContentCoding.GZIP) {
      state = State.GZIP_HEADER;
      return true;
    }
    int first = encoded.get(encoded.position()) & 0xff;
    if ((first & 0x0f) == 8 && first >> 4 <= 7) {
      // RFC 1950 2.2: method 8 and a window of at most 32 KiB.
      inflater.end();
      inflater = new Inflater(false);
    }
    state = State.DATA;
    return true;
  }

  private boolean inflate(ByteBuffer encoded, ByteBuffer decoded) {
    int inBefore = encoded.position();
    int outBefore = decoded.position();
    try {
      inflater.setInput(encoded);
      inflater.inflate(decoded);
    } catch (DataFormatException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    in += encoded.position() - inBefore;
    int made = decoded.position() - outBefore;
    out += made;
    if (out > alwaysAllowed && out / maxRatio > in) {
      throw new HttpError(
          Status.BAD_GATEWAY,
          "RFC 9110 8.4",
          out + " bytes out of " + in + " of " + coding.token(),
          "at most " + maxRatio + " for one",
          "do not decompress, or raise Decompression.maxRatio");
    }
    if (coding == ContentCoding.GZIP) {
      checksum.update(decoded.duplicate().flip().position(outBefore));
    }
    if (inflater.needsDictionary()) {
      throw malformed("a preset dictionary");
    }
    if (inflater.finished()) {
      state = coding == ContentCoding.GZIP ? State.GZIP_TRAILER : State.END;
      return true;
    }
    return false;
  }

  /** RFC 1952 2.3.1: the CRC-32 and the length, modulo 2^32, of the member. */
  private boolean readTrailer(ByteBuffer encoded) {
    int count = Math.min(encoded.remaining(), GZIP_TRAILER - trailerLength);
    encoded.get(trailer, trailerLength, count);
    in += count;
    trailerLength += count;
    if (trailerLength < GZIP_TRAILER) {
      return false;
    }
    if (littleEndian(0) != checksum.getValue()) {
      throw malformed("a CRC-32 that does not match");
    }
    if (littleEndian(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw malformed("a length that does not match");
    }
    state = State.MEMBER_END;
    return true;
  }

  private long littleEndian(int at) {
    return (trailer[at] & 0xffL)
        | (trailer[at + 1] & 0xffL) << 8
        | (trailer[at + 2] & 0xffL) << 16
        | (trailer[at + 3] & 0xffL) << 24;
  }

  private boolean nextMember(ByteBuffer encoded) {
    if (!encoded.hasRemaining()) {
      return false;
    }
    header = new GzipHeader();
    inflater.reset();
    checksum.reset();
    trailerLength = 0;
    state = State.GZIP_HEADER;
    return true;
  }

  /**
   * The encoded bytes are over, and everything that came of them was taken.
   *
   * @throws HttpError 502 if they ended too early; an empty body is taken for what it is
   */
  public void end() {
    if (state != State.START && state != State.MEMBER_END && state != State.END) {
      throw malformed("the end of the content in the middle of it");
    }
  }

  private HttpError malformed(String received) {
    return new HttpError(
        Status.BAD_GATEWAY,
        "RFC 9110 8.4.1",
        received + " in content that is said to be " + coding.token(),
        "whole and correct " + coding.token(),
        "ask without Accept-Encoding");
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** The header of a gzip member (RFC 1952 2.3), skipped as its bytes come. */
  private final class GzipHeader {
    private static final int FIXED = 10;
    private static final int HAS_CRC = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    private int position;
    private int flags;
    private int extra = -1;
    private int checks;

    /** Whether it is over. */
    boolean read(ByteBuffer encoded) {
      while (position < FIXED) {
        if (!encoded.hasRemaining()) {
          return false;
        }
        fixed(position++, encoded.get() & 0xff);
      }
      while (flags != 0) {
        if (!encoded.hasRemaining()) {
          return false;
        }
        optional(encoded.get() & 0xff);
      }
      return true;
    }

    private void fixed(int at, int octet) {
      boolean valid =
          switch (at) {
            case 0 -> octet == 0x1f;
            case 1 -> octet == 0x8b;
            case 2 -> octet == 8;
            case 3 -> (octet & RESERVED) == 0;
            default -> true;
          };
      if (!valid) {
        throw malformed("0x%02x at byte %d of the header".formatted(octet, at));
      }
      if (at == 3) {
        // Bit 0 only says that the content may be text.
        flags = octet & ~1;
      }
    }

    private void optional(int octet) {
      if ((flags & HAS_EXTRA) != 0) {
        if (position == FIXED) {
          position++;
          extra = octet;
        } else if (position == FIXED + 1) {
          position++;
          extra |= octet << 8;
        } else {
          extra--;
        }
        if (position == FIXED + 2 && extra == 0) {
          flags &= ~HAS_EXTRA;
        }
      } else if ((flags & HAS_NAME) != 0) {
        flags = octet == 0 ? flags & ~HAS_NAME : flags;
      } else if ((flags & HAS_COMMENT) != 0) {
        flags = octet == 0 ? flags & ~HAS_COMMENT : flags;
      } else if (++checks == 2) {
        flags &= ~HAS_CRC;
      }
    }
  }
}
