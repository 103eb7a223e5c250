package dev.weir.http.client;

import dev.weir.http.Method;
import dev.weir.http.exchange.MessageOutput;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.RequestEncoder;
import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends the requests of one HTTP/1.1 connection, one after the other. */
final class RequestOutput extends MessageOutput {

  private static final Set<Method> ANTICIPATING = Set.of(Method.POST, Method.PUT, Method.PATCH);

  private final RequestEncoder encoder;
  private @Nullable Attempt attempt;
  private BodyFraming framing = BodyFraming.NONE;
  private long length;

  RequestOutput(RequestEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * Sends the head of a request; false if it is owed for want of room.
   *
   * @throws IllegalArgumentException if a field of it could be taken for something else
   */
  boolean head(ByteStream stream, Attempt next) {
    begin();
    BodySource body = next.request.body();
    length = body == null ? 0 : body.length();
    framing = framing(next.request, length);
    attempt = next;
    try {
      return sendHead(stream, framing, length);
    } finally {
      attempt = null;
    }
  }

  /** RFC 9110 8.6: methods that mean something by their content say when there is none. */
  private static BodyFraming framing(Request request, long length) {
    if (request.body() == null) {
      return ANTICIPATING.contains(request.method()) ? BodyFraming.LENGTH : BodyFraming.NONE;
    }
    return length < 0 ? BodyFraming.CHUNKED : BodyFraming.LENGTH;
  }

  @Override
  protected boolean encodeHead(ByteBuffer out) {
    Attempt sent = attempt;
    return sent == null
        || encoder.encode(
            out,
            sent.request.method(),
            sent.request.requestTarget(),
            sent.request.target().origin().authority(),
            sent.headers,
            framing,
            length,
            Persistence.IMPLIED);
  }
}
