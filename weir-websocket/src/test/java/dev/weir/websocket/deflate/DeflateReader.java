package dev.weir.websocket.deflate;

import java.util.Arrays;

/**
 * Decodes deflate (RFC 1951) in the plainest way, and tells how far back any reference reached:
 * what no library tells.
 */
final class DeflateReader {

  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };
  private static final int[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private byte[] out = new byte[1 << 16];
  private int size;
  private int largestDistance;
  private byte[] in = {};
  private int bit;

  /** Decodes a message without its tail, on top of the history of those before it. */
  byte[] message(byte[] compressed) {
    in = Arrays.copyOf(compressed, compressed.length + 4);
    in[in.length - 2] = (byte) 0xFF;
    in[in.length - 1] = (byte) 0xFF;
    bit = 0;
    int start = size;
    while (bit < in.length * 8) {
      block();
    }
    return Arrays.copyOfRange(out, start, size);
  }

  /** Forgets what came, as a receiver without context takeover does. */
  void forget() {
    size = 0;
  }

  int largestDistance() {
    return largestDistance;
  }

  private void block() {
    bits(1);
    switch (bits(2)) {
      case 0 -> stored();
      case 1 -> compressed(fixedLiterals(), new Code(filled(30, 5)));
      case 2 -> dynamic();
      default -> throw new AssertionError("block of type 3");
    }
  }

  private void stored() {
    bit = (bit + 7) / 8 * 8;
    int length = bits(16);
    int complement = bits(16);
    if ((length ^ complement) != 0xFFFF) {
      throw new AssertionError("stored block with lengths that differ");
    }
    for (int i = 0; i < length; i++) {
      put((byte) bits(8));
    }
  }

  private void dynamic() {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int codeLengths = bits(4) + 4;
    var lengths = new int[19];
    for (int i = 0; i < codeLengths; i++) {
      lengths[CODE_LENGTH_ORDER[i]] = bits(3);
    }
    var code = new Code(lengths);
    var all = new int[literals + distances];
    int i = 0;
    while (i < all.length) {
      int symbol = code.next();
      if (symbol < 16) {
        all[i++] = symbol;
      } else {
        int value = symbol == 16 ? all[i - 1] : 0;
        int repeat =
            switch (symbol) {
              case 16 -> 3 + bits(2);
              case 17 -> 3 + bits(3);
              default -> 11 + bits(7);
            };
        Arrays.fill(all, i, i + repeat, value);
        i += repeat;
      }
    }
    compressed(
        new Code(Arrays.copyOf(all, literals)),
        new Code(Arrays.copyOfRange(all, literals, all.length)));
  }

  private void compressed(Code literals, Code distances) {
    int symbol;
    while ((symbol = literals.next()) != 256) {
      if (symbol < 256) {
        put((byte) symbol);
      } else {
        int length = LENGTH_BASE[symbol - 257] + bits(LENGTH_BITS[symbol - 257]);
        int code = distances.next();
        int distance = DISTANCE_BASE[code] + bits(code < 2 ? 0 : code / 2 - 1);
        largestDistance = Math.max(largestDistance, distance);
        if (distance > size) {
          throw new AssertionError("reference before the start of history");
        }
        for (int i = 0; i < length; i++) {
          put(out[size - distance]);
        }
      }
    }
  }

  private Code fixedLiterals() {
    int[] lengths = filled(288, 8);
    Arrays.fill(lengths, 144, 256, 9);
    Arrays.fill(lengths, 256, 280, 7);
    return new Code(lengths);
  }

  private static int[] filled(int size, int value) {
    var array = new int[size];
    Arrays.fill(array, value);
    return array;
  }

  private void put(byte octet) {
    if (size == out.length) {
      out = Arrays.copyOf(out, 2 * size);
    }
    out[size++] = octet;
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      value |= (in[bit / 8] >> bit % 8 & 1) << i;
    }
    return value;
  }

  /** A canonical Huffman code (RFC 1951 3.2.2), decoded bit by bit. */
  private final class Code {
    private final int[] counts = new int[16];
    private final int[] symbols;

    Code(int[] lengths) {
      var offsets = new int[17];
      for (int length : lengths) {
        counts[length]++;
      }
      counts[0] = 0;
      for (int i = 1; i < 16; i++) {
        offsets[i + 1] = offsets[i] + counts[i];
      }
      symbols = new int[lengths.length];
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] != 0) {
          symbols[offsets[lengths[symbol]]++] = symbol;
        }
      }
    }

    int next() {
      int code = 0;
      int first = 0;
      int index = 0;
      for (int length = 1; length < 16; length++) {
        code |= bits(1);
        if (code - first < counts[length]) {
          return symbols[index + code - first];
        }
        index += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      throw new AssertionError("no such code");
    }
  }
}
