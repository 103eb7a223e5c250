package dev.weir.http.h2;

import dev.weir.http.Headers;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;

/** Is told what becomes of one stream: the adapter between it and an exchange. */
public interface Http2StreamHandler {

  /**
   * A response's head has come, of an interim response or of the final one; of a server's stream
   * never. The head belongs to this handler from now on.
   */
  default void response(Http2Head head) {}

  /** Bytes of the body. What is left in the view comes again after {@link Http2Stream#resume}. */
  void received(ByteBuffer bytes);

  /** The peer has ended its direction, and everything before that was taken. */
  void ended(Headers trailers);

  /** Answers {@link Http2Stream#wantWritable}. */
  void writable();

  /** The connection ends when its streams have: a stream that has no end of its own finds one. */
  default void drain() {}

  /**
   * The stream has ended before its time: by the peer, by its breach of the rules, or with the
   * connection. The last call.
   *
   * @param unprocessed whether the peer says that it has done nothing with the request, so that it
   *     may be sent again (RFC 9113 8.7)
   */
  void failed(WeirException why, boolean unprocessed);
}
