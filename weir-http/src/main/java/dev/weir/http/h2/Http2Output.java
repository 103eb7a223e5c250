package dev.weir.http.h2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where a session's frames go, and whom it asks to be called: the byte stream that carries it. */
public interface Http2Output {

  /**
   * Room in the outgoing buffer; what has been put there when the next method is called counts as
   * sent. Null if there is none now.
   */
  @Nullable ByteBuffer reserve(int min);

  /** Asks for one call of {@link Http2Session#writable} when there is room. */
  void wantWritable();

  /** Asks for one call of {@link Http2Session#deliver}, later in this turn. */
  void wantDelivery();
}
