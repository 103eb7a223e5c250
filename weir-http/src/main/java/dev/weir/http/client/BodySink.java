package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.loop.Loop;
import java.nio.ByteBuffer;

/** Takes the body of a request. Loop thread, save what says otherwise. */
public interface BodySink {

  /** The loop that the call lives on. Any thread. */
  Loop loop();

  /**
   * Copies as many bytes as the connection takes now and advances the position by that.
   *
   * @return how many were taken; 0 if there is no room, or the call is over
   */
  int write(ByteBuffer bytes);

  /** Asks for one call of {@link BodySource#writable} when bytes can be taken; later, never now. */
  void wantWritable();

  /** Sends what was written so far without waiting for the end of the turn. */
  void flush();

  /** The body is complete. */
  default void end() {
    end(Headers.of());
  }

  /**
   * The body is complete, with trailers (RFC 9110 6.5), which are sent if its length was not told.
   */
  void end(Headers trailers);

  /** The body will not be complete: the call fails, and its connection is cut. Any thread. */
  void fail(Throwable why);
}
