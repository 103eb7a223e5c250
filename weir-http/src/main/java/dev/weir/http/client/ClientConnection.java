package dev.weir.http.client;

import dev.weir.http.Headers;
import java.nio.ByteBuffer;

/**
 * A connection of any version of HTTP, as the pool and the attempts see it. It tells an attempt
 * what comes by the methods of {@link Attempt}, and its {@link OriginPool} when it becomes idle or
 * is of no use any more. Loop thread.
 */
interface ClientConnection {

  /** Whether it carries no exchange. */
  boolean isIdle();

  /** Whether it can carry this attempt now. */
  boolean takes(Attempt attempt);

  /** Sends a request, and tells the attempt what becomes of it. */
  void send(Attempt attempt);

  /** Takes body bytes of the attempt's request, as many as there is room for. */
  int write(Attempt attempt, ByteBuffer bytes);

  /** Asks for {@link Attempt#writable()}. */
  void wantWritable(Attempt attempt);

  void flush();

  /** Ends the body of the attempt's request. */
  void end(Attempt attempt, Headers trailers);

  /** The response's body is wanted, or not now. */
  void wantBody(Attempt attempt, boolean wanted);

  /** The attempt is given up; the connection is told nothing more of it, and tells it nothing. */
  void cancel(Attempt attempt);

  /** Closes in order once it is idle, at once if it is. */
  void close();
}
