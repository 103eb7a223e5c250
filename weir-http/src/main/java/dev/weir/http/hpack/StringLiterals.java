package dev.weir.http.hpack;

import dev.weir.http.fields.Octets;
import dev.weir.http.fields.RecentStrings;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads string literals (RFC 7541 5.2) into scratch of its own, and makes of them what is asked
 * for: a name or a value. One serves all connections of a loop, so that none of them holds a
 * buffer, and they share the Strings that come again and again.
 */
public final class StringLiterals {
  private static final int FIRST_CAPACITY = 512;
  private static final int NAME_SLOTS = 32;

  private final RecentStrings recent;

  /** Names without a constant, each in one slot, which the latest takes. */
  private final @Nullable LineName[] names = new @Nullable LineName[NAME_SLOTS];

  private byte[] octets = new byte[FIRST_CAPACITY];
  private int length;

  /** Reads for the loop that has these Strings. */
  public StringLiterals(RecentStrings recent) {
    this.recent = recent;
  }

  /**
   * Reads the literal at the position of {@code in}, and moves past it.
   *
   * @throws CompressionException if it does not end in {@code in} or is not validly encoded
   */
  public void read(ByteBuffer in) {
    boolean huffman = in.hasRemaining() && in.get(in.position()) < 0;
    long encoded = in.hasRemaining() ? PrefixedInteger.decode(in, 7) : PrefixedInteger.INCOMPLETE;
    if (encoded == PrefixedInteger.INCOMPLETE) {
      throw new CompressionException("RFC 7541 5.2", "a block that ends in the length of a string");
    }
    if (encoded > in.remaining()) {
      throw new CompressionException(
          "RFC 7541 5.2",
          "a string of " + encoded + " octets where the block has " + in.remaining());
    }
    int from = in.position();
    int to = from + (int) encoded;
    if (huffman) {
      ensure(Huffman.mostDecoded(to - from));
      length = Huffman.decode(in, from, to, octets);
    } else {
      ensure(to - from);
      length = to - from;
      in.get(from, octets, 0, length);
    }
    in.position(to);
  }

  private void ensure(int capacity) {
    if (octets.length < capacity) {
      octets = new byte[Integer.highestOneBit(capacity - 1) << 1];
    }
  }

  /** How many octets the literal has. */
  public int length() {
    return length;
  }

  /** The literal as the name of a field line. */
  public LineName name() {
    var constant = LineName.constant(octets, length);
    if (constant != null) {
      return constant;
    }
    var text = text();
    int slot = text.hashCode() & (NAME_SLOTS - 1);
    var name = names[slot];
    if (name == null || !name.text().equals(text)) {
      name = LineName.of(text);
      names[slot] = name;
    }
    return name;
  }

  /** The literal as text, one character an octet. */
  public String text() {
    return recent.get(octets, 0, length);
  }

  /**
   * Whether it may be the value of a field: of octets that RFC 9110 5.5 allows, without space or
   * tab at either end (RFC 9113 8.2.1).
   */
  public boolean isFieldValue() {
    for (int i = 0; i < length; i++) {
      if (!Octets.isFieldValue(octets[i])) {
        return false;
      }
    }
    return length == 0 || !(isSpace(octets[0]) || isSpace(octets[length - 1]));
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t';
  }
}
