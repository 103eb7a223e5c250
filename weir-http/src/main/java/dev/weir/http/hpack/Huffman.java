package dev.weir.http.hpack;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The Huffman code of HPACK and QPACK (RFC 7541 5.2 and Appendix B). The code is canonical: shorter
 * codes come first, and codes of one length ascend with their symbols. So it follows from the
 * lengths alone, and a long code is decoded by comparing it with the end of each length. Codes of
 * up to eight bits, which hold nearly all that is sent, are looked up.
 */
public final class Huffman {
  /** The length of each symbol's code: {@code a} is five bits, {@code z} thirty; EOS comes last. */
  private static final String LENGTH_LETTERS =
      "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
          + "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
          + "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
          + "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwv"
          + "z";

  private static final int SYMBOLS = 257;
  private static final int EOS = 256;
  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;
  private static final int LOOKED_UP = 8;

  private static final byte[] LENGTHS = new byte[SYMBOLS];
  private static final int[] CODES = new int[SYMBOLS];

  /** The symbols in the order of their codes. */
  private static final short[] IN_ORDER = new short[SYMBOLS];

  /** For each length the first code of the next, both as if they had {@link #LONGEST} bits. */
  private static final int[] ENDS = new int[LONGEST + 1];

  /** For each length what to add to a code for its place in {@link #IN_ORDER}. */
  private static final int[] OFFSETS = new int[LONGEST + 1];

  /** By the next eight bits: symbol, and length of its code above it; 0 if that is longer. */
  private static final short[] SHORT_CODES = new short[1 << LOOKED_UP];

  static {
    var counts = new int[LONGEST + 1];
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      LENGTHS[symbol] = (byte) (LENGTH_LETTERS.charAt(symbol) - 'a' + SHORTEST);
      counts[LENGTHS[symbol]]++;
    }
    var next = new int[LONGEST + 1];
    int code = 0;
    int place = 0;
    for (int length = SHORTEST; length <= LONGEST; length++) {
      next[length] = code;
      OFFSETS[length] = place - code;
      place += counts[length];
      code += counts[length];
      ENDS[length] = code << (LONGEST - length);
      code <<= 1;
    }
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      int length = LENGTHS[symbol];
      CODES[symbol] = next[length]++;
      IN_ORDER[CODES[symbol] + OFFSETS[length]] = (short) symbol;
      if (length <= LOOKED_UP) {
        int first = CODES[symbol] << (LOOKED_UP - length);
        int end = first + (1 << (LOOKED_UP - length));
        Arrays.fill(SHORT_CODES, first, end, (short) ((length << 8) | symbol));
      }
    }
  }

  private Huffman() {}

  /** How many octets that many octets of code can decode to at most. */
  public static int mostDecoded(int length) {
    return (int) ((length * 8L) / SHORTEST);
  }

  /**
   * Decodes the octets {@code from} to {@code to} of {@code in}, whose position stays.
   *
   * @param out with room for {@link #mostDecoded}
   * @return how many octets were decoded
   * @throws CompressionException if EOS is among them, or what is left over is longer than seven
   *     bits or not all ones (RFC 7541 5.2)
   */
  public static int decode(ByteBuffer in, int from, int to, byte[] out) {
    long bits = 0; // the next one highest
    int count = 0;
    int next = from;
    int decoded = 0;
    while (true) {
      while (count <= Long.SIZE - Byte.SIZE && next < to) {
        bits |= (in.get(next++) & 0xffL) << (Long.SIZE - Byte.SIZE - count);
        count += Byte.SIZE;
      }
      int found = SHORT_CODES[(int) (bits >>> (Long.SIZE - LOOKED_UP))];
      int length = found != 0 ? found >> 8 : longLength(bits);
      if (length > count) {
        checkPadding(bits, count);
        return decoded;
      }
      out[decoded++] = (byte) (found != 0 ? found : longSymbol(bits, length));
      bits <<= length;
      count -= length;
    }
  }

  private static int longLength(long bits) {
    int code = (int) (bits >>> (Long.SIZE - LONGEST));
    int length = LOOKED_UP + 1;
    while (code >= ENDS[length]) {
      length++;
    }
    return length;
  }

  private static int longSymbol(long bits, int length) {
    int symbol = IN_ORDER[(int) (bits >>> (Long.SIZE - length)) + OFFSETS[length]];
    if (symbol == EOS) {
      throw new CompressionException("RFC 7541 5.2", "EOS in a Huffman-encoded string");
    }
    return symbol;
  }

  private static void checkPadding(long bits, int count) {
    if (count >= Byte.SIZE) {
      throw new CompressionException(
          "RFC 7541 5.2",
          "a Huffman-encoded string that ends in " + count + " bits of an unfinished code");
    }
    if (bits != ~(-1L >>> count)) {
      throw new CompressionException(
          "RFC 7541 5.2", "a Huffman-encoded string whose padding is not the start of EOS");
    }
  }

  /** How many octets the text, one octet a character, takes when it is encoded. */
  public static int encodedLength(String text) {
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits += LENGTHS[text.charAt(i) & 0xff];
    }
    return (bits + 7) >>> 3;
  }

  /** Encodes the text at the position of {@code out}, which has {@link #encodedLength} of room. */
  public static void encode(String text, ByteBuffer out) {
    long bits = 0; // the last one lowest
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      int symbol = text.charAt(i) & 0xff;
      bits = (bits << LENGTHS[symbol]) | CODES[symbol];
      count += LENGTHS[symbol];
      while (count >= Byte.SIZE) {
        count -= Byte.SIZE;
        out.put((byte) (bits >>> count));
      }
    }
    if (count > 0) {
      out.put((byte) ((bits << (Byte.SIZE - count)) | (0xff >>> count)));
    }
  }
}
