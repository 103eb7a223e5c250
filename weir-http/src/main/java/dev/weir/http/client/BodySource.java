package dev.weir.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The body of a request, pulled as the connection takes it. All calls come on the call's loop and
 * must not block.
 */
public interface BodySource {

  /**
   * A file, as long as it is now; it is read by workers as the connection takes it.
   *
   * @throws UncheckedIOException if there is no such file
   */
  static BodySource file(Path file) {
    try {
      return new FileBody(file, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes it has, or -1 if only its end tells; then HTTP/1.1 sends chunks. */
  default long length() {
    return -1;
  }

  /**
   * Whether it can be sent again from its beginning, after a redirect or over another connection.
   * Then {@link #begin} may be called more than once.
   */
  default boolean repeatable() {
    return false;
  }

  /** The body is about to be sent, from its beginning, to {@code sink}. */
  default void begin(BodySink sink) {}

  /**
   * The sink can take bytes: {@linkplain BodySink#write write} until it takes no more, there are no
   * more for now, or it is over; then {@link BodySink#wantWritable} or {@link BodySink#end()}.
   * Called first after {@link #begin}.
   */
  void writable(BodySink sink);

  /** The sending ended before the body did; the sink takes no more. Release what is held. */
  default void cut() {}
}
