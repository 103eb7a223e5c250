package dev.weir.http.client;

import dev.weir.http.Headers;
import java.nio.ByteBuffer;

/**
 * The seam below a client's calls: one exchange as the protocol that carries it sees it, a turn of
 * an HTTP/1.1 connection or a stream of a multiplexed one. A {@link ClientConnection} makes it for
 * an {@link Attempt} and tells that what comes; the attempt speaks back by these methods. After the
 * last thing that an attempt is told they have no effect. Loop thread.
 */
interface ClientExchange {

  /** Takes body bytes of the request, as many as there is room for. */
  int write(ByteBuffer bytes);

  /** Asks for {@link Attempt#writable()}. */
  void wantWritable();

  void flush();

  /** Ends the body of the request. */
  void end(Headers trailers);

  /** The response's body is wanted, or not now. */
  void wantBody(boolean wanted);

  /** Gives the exchange up: CANCEL (RFC 9113 7), or the connection where it has no streams. */
  void cancel();
}
