package dev.weir.http.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.HttpError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTest {

  /** A header with every optional part: extra, name, comment, CRC (RFC 1952 2.3). */
  private static final byte[] FULL_HEADER = {
    0x1f, (byte) 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0, 1, 2
  };

  private static byte[] plain() {
    byte[] bytes = new byte[5000];
    new Random(7).nextBytes(bytes);
    Arrays.fill(bytes, 1000, 4000, (byte) 'w');
    return bytes;
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

  /** Decodes in pieces of so many bytes, with so much room at a time. */
  private static byte[] decode(ContentCoding coding, byte[] encoded, int piece, int room) {
    var all = new ByteArrayOutputStream();
    ByteBuffer out = ByteBuffer.allocate(room);
    try (var decoder = new ContentDecoder(coding, 100, 1 << 20)) {
      for (int from = 0; from < encoded.length; from += piece) {
        ByteBuffer in = ByteBuffer.wrap(encoded, from, Math.min(piece, encoded.length - from));
        do {
          decoder.decode(in, out.clear());
          all.write(out.array(), 0, out.position());
        } while (!out.hasRemaining());
        assertEquals(0, in.remaining());
      }
      decoder.end();
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1 << 20})
  void undoesEveryFormatHoweverItArrives(int piece) throws IOException {
    byte[] plain = plain();
    for (int room : new int[] {1, 64, 1 << 16}) {
      assertArrayEquals(plain, decode(ContentCoding.GZIP, gzip(plain), piece, room));
      assertArrayEquals(plain, decode(ContentCoding.DEFLATE, deflate(plain, false), piece, room));
      assertArrayEquals(plain, decode(ContentCoding.DEFLATE, deflate(plain, true), piece, room));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void skipsTheWholeHeader(int piece) throws IOException {
    byte[] plain = plain();
    byte[] packed = gzip(plain);
    byte[] full = Arrays.copyOf(FULL_HEADER, FULL_HEADER.length + packed.length - 10);
    System.arraycopy(packed, 10, full, FULL_HEADER.length, packed.length - 10);

    assertArrayEquals(plain, decode(ContentCoding.GZIP, full, piece, 100));
  }

  @Test
  void membersFollowEachOther() throws IOException {
    byte[] packed = gzip(new byte[] {1, 2, 3});
    byte[] twice = Arrays.copyOf(packed, packed.length * 2);
    System.arraycopy(packed, 0, twice, packed.length, packed.length);

    assertArrayEquals(new byte[] {1, 2, 3, 1, 2, 3}, decode(ContentCoding.GZIP, twice, 5, 100));
  }

  @Test
  void nothingIsNothing() {
    assertEquals(0, decode(ContentCoding.GZIP, new byte[0], 1, 1).length);
    assertEquals(0, decode(ContentCoding.DEFLATE, new byte[0], 1, 1).length);
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] packed = gzip(plain());
    for (int length = 1; length < packed.length; length += 17) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThrows(HttpError.class, () -> decode(ContentCoding.GZIP, cut, 100, 100));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, -8, -4, -1})
  void changedBytesAreNoticed(int at) throws IOException {
    byte[] packed = gzip(plain());
    packed[at < 0 ? packed.length + at : at] ^= (byte) 0xe5;

    assertThrows(HttpError.class, () -> decode(ContentCoding.GZIP, packed, 100, 100));
  }

  @Test
  void nothingFollowsTheEndOfDeflate() throws IOException {
    byte[] packed = deflate(plain(), false);
    byte[] longer = Arrays.copyOf(packed, packed.length + 1);

    assertThrows(HttpError.class, () -> decode(ContentCoding.DEFLATE, longer, 100, 100));
  }

  @Test
  void bombsAreRefused() throws IOException {
    byte[] packed = gzip(new byte[4 << 20]);
    try (var decoder = new ContentDecoder(ContentCoding.GZIP, 100, 1 << 20)) {
      ByteBuffer in = ByteBuffer.wrap(packed);
      ByteBuffer out = ByteBuffer.allocate(1 << 16);
      assertThrows(
          HttpError.class,
          () -> {
            while (in.hasRemaining()) {
              decoder.decode(in, out.clear());
            }
          });
    }
  }

  @Test
  void theLimitOfARatioIsAllowedAsLongAsLittleComes() throws IOException {
    assertEquals(1 << 20, decode(ContentCoding.GZIP, gzip(new byte[1 << 20]), 100, 4096).length);
  }
}
