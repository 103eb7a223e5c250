package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.coding.ContentCoding;
import dev.weir.http.coding.ContentDecoder;
import dev.weir.loop.Loop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decompresses a body on its way to the handler, no faster than the handler takes it. */
final class DecodedBody {

  private final ContentDecoder decoder;
  private final Loop loop;
  private final ResponseHandler handler;

  /** Decompressed bytes that the handler left, or {@code null}. */
  private @Nullable ByteBuffer kept;

  /** Whether the decoder may have more without getting more. */
  private boolean pending;

  private DecodedBody(ContentDecoder decoder, Loop loop, ResponseHandler handler) {
    this.decoder = decoder;
    this.loop = loop;
    this.handler = handler;
  }

  /** For a response with those fields, or {@code null} if there is nothing that can be undone. */
  static @Nullable DecodedBody of(
      Headers fields, Decompression limits, Loop loop, ResponseHandler handler) {
    String field = fields.joined(HeaderName.CONTENT_ENCODING);
    ContentCoding coding = field == null ? null : ContentCoding.of(field);
    return coding == ContentCoding.GZIP || coding == ContentCoding.DEFLATE
        ? new DecodedBody(
            new ContentDecoder(coding, limits.maxRatio(), limits.alwaysAllowed()), loop, handler)
        : null;
  }

  /** Whether the handler is owed bytes that have come already. */
  boolean owes() {
    return kept != null || pending;
  }

  /** Decompresses and delivers until there is no more or the handler wants no more. */
  void give(ByteBuffer encoded, Delivery delivery) {
    ByteBuffer left = kept;
    if (left != null) {
      kept = null;
      deliver(left);
    }
    ByteBuffer decoded = loop.buffers().take();
    try {
      pending = true;
      while (kept == null && delivery.wantsBody()) {
        decoder.decode(encoded, decoded.clear());
        pending = !decoded.hasRemaining();
        if (decoded.flip().hasRemaining()) {
          deliver(decoded);
        }
        if (!pending) {
          return;
        }
      }
    } finally {
      loop.buffers().give(decoded);
    }
  }

  private void deliver(ByteBuffer decoded) {
    handler.data(decoded);
    if (decoded.hasRemaining()) {
      kept = ByteBuffer.allocate(decoded.remaining()).put(decoded).flip();
    }
  }

  void end() {
    decoder.end();
  }

  void close() {
    decoder.close();
  }
}
