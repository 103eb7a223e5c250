package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.exchange.Pace;
import dev.weir.http.h1.BodyDecoder;
import dev.weir.http.h1.ResponseHead;
import dev.weir.http.h1.ResponseParser;
import dev.weir.http.h1.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of an HTTP/1.1 connection of a client: finds heads and bodies of responses
 * among its bytes, one response after the other. The head is lent by the loop's scratch while a
 * response comes.
 */
final class ResponseIntake {

  private final Http1ClientScratch scratch;
  private final HttpLimits limits;
  private final ResponseParser parser;
  private @Nullable ResponseHead head;

  /** The rest of the body of the response whose head was read, or {@code null}. */
  private @Nullable BodyDecoder body;

  private int interims;

  /** How fast the server sends the body that is being read. */
  private final Pace pace = new Pace();

  ResponseIntake(Http1ClientScratch scratch, HttpLimits limits) {
    this.scratch = scratch;
    this.limits = limits;
    this.parser = new ResponseParser(limits);
  }

  Pace pace() {
    return pace;
  }

  /** Whether a head is what comes next. */
  boolean awaitsHead() {
    return body == null;
  }

  /**
   * Reads one head, interim or final.
   *
   * @return it, until {@link #next} is called; or {@code null} if it is not there yet
   * @throws HttpError if it is malformed, passes a limit, or is one interim response too many
   */
  @Nullable ResponseHead readHead(ByteBuffer in, Method asked) {
    ResponseHead next = head;
    if (next == null) {
      next = scratch.take();
      head = next;
    }
    if (!parser.parse(in, next, asked)) {
      return null;
    }
    if (next.status().informational() && ++interims > HttpClient.INTERIM_RESPONSES) {
      throw new HttpError(
          Status.BAD_GATEWAY,
          "RFC 9110 15.2",
          interims + " interim responses",
          "at most " + HttpClient.INTERIM_RESPONSES + " before the final one",
          "check the server");
    }
    return next;
  }

  /**
   * The head that was read is final: its body comes next.
   *
   * @throws HttpError if it says that its body is longer than one may be
   */
  void beginBody(ResponseHead last) {
    pace.reset();
    body = BodyDecoder.of(Role.CLIENT, last.framing(), last.contentLength(), limits);
  }

  /**
   * Looks for body bytes; after DATA, {@link #give} them.
   *
   * @throws HttpError if the framing is malformed or a limit is passed
   */
  BodyDecoder.Event readBody(ByteBuffer in) {
    BodyDecoder rest = body;
    return rest == null ? BodyDecoder.Event.NEED_MORE : rest.decode(in);
  }

  /** Gives an attempt the bytes that lie there; whether it left some. */
  boolean give(Attempt attempt, ByteBuffer in) {
    BodyDecoder rest = body;
    if (rest == null) {
      return false;
    }
    int start = in.position();
    int limit = in.limit();
    in.limit(start + rest.available());
    attempt.data(in);
    boolean left = in.hasRemaining();
    in.limit(limit);
    rest.consumed(in.position() - start);
    return left;
  }

  /** After END: the fields of the trailer section. */
  Headers trailers() {
    BodyDecoder over = body;
    return over == null ? Headers.of() : over.trailers();
  }

  /**
   * The server ended its direction. If the body ends with it, END comes next.
   *
   * @return false if there was no body to be ended
   * @throws HttpError if the body is not complete (RFC 9112 8)
   */
  boolean endOfInput() {
    BodyDecoder rest = body;
    if (rest == null) {
      return false;
    }
    rest.endOfInput();
    return true;
  }

  /** The response is over: what comes is another's. Its head stays valid until it is given back. */
  @Nullable ResponseHead next() {
    ResponseHead done = head;
    head = null;
    body = null;
    interims = 0;
    return done;
  }

  /** Gives back a head that nobody refers to any more. */
  void give(@Nullable ResponseHead done) {
    if (done != null) {
      scratch.give(done);
    }
  }
}
