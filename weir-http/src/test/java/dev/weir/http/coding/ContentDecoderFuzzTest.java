package dev.weir.http.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.http.HttpError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends as gzip or deflate, what becomes of it has a bound and one meaning. */
class ContentDecoderFuzzTest {

  private static final int MAX_RATIO = 20;
  private static final int ALLOWED = 4096;
  private static final int ROOM = 512;

  /** Content of every format, whole and cut, and a bomb; before each the byte that chooses. */
  static Stream<byte[]> seeds() throws IOException {
    byte[] text = "text, text and more text".getBytes(StandardCharsets.US_ASCII);
    byte[] gzip = gzip(text);
    byte[] twice = Arrays.copyOf(gzip, 2 * gzip.length);
    System.arraycopy(gzip, 0, twice, gzip.length, gzip.length);
    return Stream.of(
        seed(0x10, gzip),
        seed(0x02, twice),
        seed(0x10, Arrays.copyOf(gzip, gzip.length - 3)),
        seed(0x10, gzip(new byte[100_000])),
        seed(0x11, deflate(text, false)),
        seed(0x07, deflate(text, true)),
        seed(0x11, deflate(new byte[100_000], true)));
  }

  private static byte[] seed(int choice, byte[] encoded) {
    byte[] seed = new byte[1 + encoded.length];
    seed[0] = (byte) choice;
    System.arraycopy(encoded, 0, seed, 1, encoded.length);
    return seed;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain, boolean bare) throws IOException {
    var out = new ByteArrayOutputStream();
    var deflater = new Deflater(-1, bare);
    try (var stream = new DeflaterOutputStream(out, deflater)) {
      stream.write(plain);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  /** The first byte chooses the coding and how the rest is cut to pieces. */
  @MethodSource("seeds")
  @FuzzTest
  void staysWithinItsLimits(byte[] data) {
    if (data.length == 0) {
      return;
    }
    ContentCoding coding = (data[0] & 1) == 0 ? ContentCoding.GZIP : ContentCoding.DEFLATE;
    byte[] whole = decode(coding, data, data.length);
    byte[] pieces = decode(coding, data, 1 + ((data[0] & 0xff) >> 1));
    // Where a bomb is noticed may depend on the cuts, but not what the content is.
    if (whole != null && pieces != null) {
      assertArrayEquals(whole, pieces);
    }
  }

  private static byte @Nullable [] decode(ContentCoding coding, byte[] data, int piece) {
    var all = new ByteArrayOutputStream();
    ByteBuffer out = ByteBuffer.allocate(ROOM);
    try (var decoder = new ContentDecoder(coding, MAX_RATIO, ALLOWED)) {
      for (int from = 1; from < data.length; from += piece) {
        ByteBuffer in = ByteBuffer.wrap(data, from, Math.min(piece, data.length - from));
        boolean full;
        do {
          decoder.decode(in, out.clear());
          full = !out.hasRemaining();
          all.write(out.array(), 0, out.position());
        } while (full);
        assertEquals(0, in.remaining(), "all that came is used up");
        assertTrue(all.size() <= Math.max(ALLOWED, MAX_RATIO * data.length) + ROOM);
      }
      decoder.end();
      return all.toByteArray();
    } catch (HttpError e) {
      assertEquals(502, e.status().code());
      return null;
    }
  }
}
