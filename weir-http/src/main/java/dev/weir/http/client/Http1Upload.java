package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.ChunkedEncoder;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.RequestEncoder;
import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one HTTP/1.1 exchange: the head of the request, then its body in its framing,
 * straight into the buffer that leaves. A head that finds no room waits here, and so does the end
 * of chunks.
 */
final class Http1Upload {

  private static final int USUAL_HEAD = 512;
  private static final int LARGEST_HEAD = 256 * 1024;

  private static final Set<Method> ANTICIPATING = Set.of(Method.POST, Method.PUT, Method.PATCH);

  private final RequestEncoder encoder;
  private BodyFraming framing = BodyFraming.NONE;

  /** What is left to be sent of a body whose length was told. */
  private long remaining;

  /** A head that the stream had no room for. */
  private @Nullable ByteBuffer owed;

  /** Trailers of a body whose end the stream had no room for. */
  private @Nullable Headers owedEnd;

  Http1Upload(RequestEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * Sends the head of a request; false if it is owed for want of room.
   *
   * @throws IllegalArgumentException if a field of it could be taken for something else
   */
  boolean head(ByteStream stream, Request request, Headers headers) {
    BodySource body = request.body();
    long length = body == null ? 0 : body.length();
    framing = framing(request, length);
    remaining = framing == BodyFraming.LENGTH ? length : 0;
    owed = null;
    owedEnd = null;
    for (int room = USUAL_HEAD; room <= ByteStream.MAX_RESERVE; room *= 8) {
      ByteBuffer out = stream.reserve(room);
      if (out == null) {
        break;
      }
      if (encode(out, request, headers, length)) {
        return true;
      }
    }
    ByteBuffer later = ByteBuffer.allocate(LARGEST_HEAD);
    if (!encode(later, request, headers, length)) {
      throw new IllegalArgumentException("a head of more than " + LARGEST_HEAD + " bytes");
    }
    owed = ByteBuffer.allocate(later.position()).put(later.flip()).flip();
    return drainOwn(stream);
  }

  private boolean encode(ByteBuffer out, Request request, Headers headers, long length) {
    return encoder.encode(
        out,
        request.method(),
        request.requestTarget(),
        request.target().origin().authority(),
        headers,
        framing,
        length,
        Persistence.IMPLIED);
  }

  /** RFC 9110 8.6: methods that mean something by their content say when there is none. */
  private static BodyFraming framing(Request request, long length) {
    if (request.body() == null) {
      return ANTICIPATING.contains(request.method()) ? BodyFraming.LENGTH : BodyFraming.NONE;
    }
    return length < 0 ? BodyFraming.CHUNKED : BodyFraming.LENGTH;
  }

  int write(ByteStream stream, ByteBuffer bytes) {
    if (owed != null) {
      return 0;
    }
    if (framing == BodyFraming.CHUNKED) {
      return writeChunks(stream, bytes);
    }
    if (bytes.remaining() > remaining) {
      throw new IllegalStateException(
          "a body of more bytes than its length: " + (bytes.remaining() - remaining));
    }
    int count = stream.write(bytes);
    remaining -= count;
    return count;
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

  /** Whether a head or an end is still to be sent. */
  boolean owes() {
    return owed != null || owedEnd != null;
  }

  /** How many bytes are missing of a body whose length was told. */
  long missing() {
    return remaining;
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
        if (ChunkedEncoder.last(trailers, out)) {
          owedEnd = null;
          break;
        }
      }
    }
    return true;
  }
}
