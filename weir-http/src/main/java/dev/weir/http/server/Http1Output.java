package dev.weir.http.server;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.ChunkedEncoder;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.ResponseEncoder;
import dev.weir.stream.ByteStream;
import dev.weir.stream.FileRegion;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one HTTP/1.1 exchange: heads, then the body in its framing, straight into the
 * buffer that leaves. A head that finds no room waits here, and so does the end of chunks.
 */
final class Http1Output {

  private static final int USUAL_HEAD = 512;
  private static final int LARGEST_HEAD = 256 * 1024;

  private final Http1Scratch scratch;
  private BodyFraming framing = BodyFraming.NONE;

  /** What is left to be sent of a body whose length was told. */
  private long remaining;

  /** Heads that the stream had no room for. */
  private @Nullable ByteBuffer owed;

  /** Trailers of a body whose end the stream had no room for. */
  private @Nullable Headers owedEnd;

  Http1Output(Http1Scratch scratch) {
    this.scratch = scratch;
  }

  /** Makes it the output of another exchange. */
  void begin() {
    framing = BodyFraming.NONE;
    remaining = 0;
    owed = null;
    owedEnd = null;
  }

  /** Sends a head; false if some of it is owed for want of room. */
  boolean head(
      ByteStream stream,
      Status status,
      Headers headers,
      BodyFraming how,
      long length,
      Persistence persistence,
      InstantSource clock) {
    framing = how;
    remaining = how == BodyFraming.LENGTH ? length : 0;
    long second = scratch.epochSecond(stream.loop().now(), clock);
    ResponseEncoder encoder = scratch.encoder;
    if (owed == null) {
      for (int room = USUAL_HEAD; room <= ByteStream.MAX_RESERVE; room *= 8) {
        ByteBuffer out = stream.reserve(room);
        if (out == null) {
          break;
        }
        boolean fits = encoder.encode(out, status, headers, how, length, persistence, second);
        if (fits) {
          return true;
        }
      }
    }
    ByteBuffer before = owed;
    int waiting = before == null ? 0 : before.remaining();
    ByteBuffer later = ByteBuffer.allocate(waiting + LARGEST_HEAD);
    if (before != null) {
      later.put(before);
    }
    if (!encoder.encode(later, status, headers, how, length, persistence, second)) {
      throw new IllegalArgumentException("a head of more than " + LARGEST_HEAD + " bytes");
    }
    later.flip();
    owed = ByteBuffer.allocate(later.remaining()).put(later).flip();
    return drainOwn(stream);
  }

  int write(ByteStream stream, ByteBuffer bytes) {
    if (owed != null) {
      return 0;
    }
    return switch (framing) {
      case LENGTH -> {
        if (bytes.remaining() > remaining) {
          throw new IllegalStateException(
              "a body of more bytes than its Content-Length: " + (bytes.remaining() - remaining));
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

  /** Ends the body; false if the stream has no room for its end now. */
  boolean end(ByteStream stream, Headers trailers) {
    if (framing != BodyFraming.CHUNKED) {
      return true;
    }
    owedEnd = trailers;
    return drainOwn(stream);
  }

  boolean transfer(ByteStream stream, FileRegion region, FileRegion.Done done) {
    if (framing != BodyFraming.LENGTH || owed != null || region.count() > remaining) {
      return false;
    }
    return stream.transfer(
        region,
        (sent, problem) -> {
          remaining -= sent;
          done.done(sent, problem);
        });
  }

  /** Whether a head or an end is still to be sent. */
  boolean owes() {
    return owed != null || owedEnd != null;
  }

  /** Whether the body ended before the length that was told. */
  boolean isShort() {
    return framing == BodyFraming.LENGTH && remaining > 0;
  }

  /** Sends what is owed; false if there is no room for all of it yet. */
  boolean drainOwn(ByteStream stream) {
    ByteBuffer head = owed;
    if (head != null) {
      stream.write(head);
      if (head.hasRemaining()) {
        return false;
      }
      owed = null;
    }
    Headers trailers = owedEnd;
    if (trailers != null) {
      for (int room = 64; room <= ByteStream.MAX_RESERVE; room *= 8) {
        ByteBuffer out = stream.reserve(room);
        if (out == null) {
          return false;
        }
        boolean fits = ChunkedEncoder.last(trailers, out);
        if (fits) {
          owedEnd = null;
          break;
        }
      }
    }
    return true;
  }
}
