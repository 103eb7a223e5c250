package dev.weir.websocket.session;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.deflate.Corpus;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;

/**
 * Messages of one size as a peer compresses them (RFC 7692 7.2.1), written in the plainest way,
 * independent of the code under test.
 *
 * <p>The data repeats itself after a while. In its second round every message follows the same
 * history as in all later rounds, and so has the same bytes: those of the second round are kept.
 */
final class CompressedMessages {

  private static final int ROUND = 1 << 18;
  private static final int TAIL = 4;
  private static final Map<Corpus, byte[]> DATA = new ConcurrentHashMap<>();

  private final byte[] data;
  private final int size;
  private final DeflateSettings settings;
  private final Deflater deflater;
  private final byte[] buffer = new byte[1 << 16];
  private final List<byte[]> secondRound = new ArrayList<>();
  private int number;

  CompressedMessages(Corpus corpus, int size, DeflateSettings settings) {
    this.data = DATA.computeIfAbsent(corpus, c -> c.bytes(ROUND, 1));
    this.size = size;
    this.settings = settings;
    this.deflater = new Deflater(settings.level(), true);
  }

  byte[] plain(int message) {
    int start = (int) ((long) message * size % ROUND);
    return Arrays.copyOfRange(data, start, start + size);
  }

  byte[] next() {
    int perRound = ROUND / size;
    int message = number++;
    if (message >= 2 * perRound) {
      return secondRound.get(message % perRound);
    }
    byte[] compressed = compress(plain(message));
    if (message >= perRound) {
      secondRound.add(compressed);
    }
    return compressed;
  }

  /** Keeps within the window by forgetting what would be out of it. */
  private byte[] compress(byte[] message) {
    int window = 1 << settings.ownWindowBits();
    boolean small = window < 1 << 15;
    var out = new ByteArrayOutputStream();
    for (int at = 0; at < size; at += window) {
      deflater.setInput(message, at, Math.min(window, size - at));
      int length;
      do {
        length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        out.write(buffer, 0, length);
      } while (length == buffer.length);
      if (small) {
        deflater.reset();
      }
    }
    if (!settings.ownTakeover()) {
      deflater.reset();
    }
    byte[] all = out.toByteArray();
    return Arrays.copyOf(all, all.length - TAIL);
  }
}
