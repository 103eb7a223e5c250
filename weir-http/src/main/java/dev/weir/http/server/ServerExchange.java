package dev.weir.http.server;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.loop.Loop;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The seam below a server's requests and responses: one exchange as the protocol that carries it
 * sees it, a turn of an HTTP/1.1 connection or a stream of a multiplexed one. It frames messages
 * and knows no more of what they mean than that takes.
 *
 * <p>Whoever implements it owns a {@link ServerRequest} and a {@link ServerResponse}, gives both to
 * {@link HttpServer#serve}, and then tells them what happens: {@link ServerRequest#data}, {@link
 * ServerRequest#bodyEnded}, {@link ServerRequest#bodyFailed}, {@link ServerResponse#writable},
 * {@link ServerResponse#refuse}, {@link ServerResponse#cut}. They do the rest, above this: Expect,
 * compression, HEAD, whole bodies, what becomes of errors. Loop thread.
 */
interface ServerExchange {

  /** Why an exchange is cut, for protocols that tell the peer. */
  enum Cut {
    /** The handler failed after the head had gone: INTERNAL_ERROR (RFC 9113 7). */
    FAILED,
    /** The handler wants it so: CANCEL (RFC 9113 7). */
    CANCELLED
  }

  /** What all its connections have in common. */
  HttpServer server();

  Loop loop();

  /** The connection that carries it, perhaps among others. */
  Carrier connection();

  /** The protocol that the client offers to switch to (RFC 9110 7.8, RFC 8441 4), if any. */
  @Nullable String offeredProtocol();

  /** Whether the client waits for 100 before it sends the body (RFC 9110 10.1.1). */
  boolean expectsContinue();

  /** The request's body is wanted, or not now. */
  void wantBody(boolean wanted);

  /** Sends an interim response, if the client knows such. */
  void inform(Status status, Headers headers);

  /**
   * Sends the head of the final response.
   *
   * @param length of the body in bytes, or -1 if its end tells
   * @param last whether nothing follows: neither body nor trailers
   */
  void head(Status status, Headers headers, long length, boolean last);

  /** Sends body bytes, as many as there is room for. */
  int write(ByteBuffer body);

  /** Sends a body, as much of it as there is room for, and answers how many bytes that was. */
  default int write(byte[] body) {
    return write(ByteBuffer.wrap(body));
  }

  /** Sends a part of a file as body bytes without a copy; false if that cannot be. */
  boolean transfer(FileRegion region, FileRegion.Done done);

  /** Asks for {@link ServerResponse#writable()}. */
  void wantWritable();

  void flush();

  /** Ends the body. Called once, after the head, unless that was the last. */
  void end(Headers trailers);

  /**
   * Agrees to switch, or to be a tunnel, and hands what carried the exchange to {@code next}.
   *
   * @param protocol as it was offered; {@code null} for CONNECT (RFC 9110 9.3.6)
   * @throws dev.weir.http.HttpError 400 if a body of the request stands between, unread
   */
  void switchTo(@Nullable String protocol, Headers headers, StreamAcceptor next);

  /** Cuts the exchange: the client sees that the response is not complete. */
  void reset(Cut why);
}
