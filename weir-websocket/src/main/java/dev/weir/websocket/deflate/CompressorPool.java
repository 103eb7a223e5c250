package dev.weir.websocket.deflate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The compressors of one loop: lent for a message where no history is kept, else for as long as a
 * connection needs its history.
 *
 * <p>A {@link Deflater} holds some 260 KiB of native memory and an {@link Inflater} up to 44, so at
 * most {@value #KEPT} of each are kept when they come back; the rest is freed at once. Not
 * thread-safe.
 */
public final class CompressorPool implements AutoCloseable {

  /** How many idle compressors of each kind are kept. */
  public static final int KEPT = 8;

  private static final int SCRATCH_BYTES = 64 * 1024;

  private final ArrayDeque<Deflater> deflaters = new ArrayDeque<>();
  private final ArrayDeque<Inflater> inflaters = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> scratches = new ArrayDeque<>();
  private int lent;
  private boolean closed;

  /** Makes an empty pool. */
  public CompressorPool() {}

  Deflater takeDeflater(int level) {
    lent++;
    Deflater deflater = deflaters.poll();
    if (deflater == null) {
      return new Deflater(level, true);
    }
    deflater.setLevel(level);
    return deflater;
  }

  void give(Deflater deflater) {
    lent--;
    if (closed || deflaters.size() == KEPT) {
      deflater.end();
    } else {
      deflater.reset();
      deflaters.push(deflater);
    }
  }

  Inflater takeInflater() {
    lent++;
    Inflater inflater = inflaters.poll();
    return inflater == null ? new Inflater(true) : inflater;
  }

  void give(Inflater inflater) {
    lent--;
    if (closed || inflaters.size() == KEPT) {
      inflater.end();
    } else {
      inflater.reset();
      inflaters.push(inflater);
    }
  }

  ByteBuffer takeScratch() {
    ByteBuffer scratch = scratches.poll();
    return scratch == null ? ByteBuffer.allocate(SCRATCH_BYTES) : scratch.clear();
  }

  void giveScratch(ByteBuffer scratch) {
    scratches.push(scratch);
  }

  /**
   * Returns how many compressors are lent, which is zero when no message is under way and no
   * connection keeps history.
   *
   * @return deflaters and inflaters together
   */
  public int lent() {
    return lent;
  }

  /** Frees what is kept; what is still lent is freed when it comes back. */
  @Override
  public void close() {
    closed = true;
    deflaters.forEach(Deflater::end);
    deflaters.clear();
    inflaters.forEach(Inflater::end);
    inflaters.clear();
    scratches.clear();
  }
}
