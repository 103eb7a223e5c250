package dev.weir.http.hpack;

import dev.weir.http.HeaderName;
import java.nio.ByteBuffer;

/**
 * The encoding context of a connection (RFC 7541 3): writes field blocks line by line. For one
 * thread.
 *
 * <p>A block is {@link #begin}, then one {@link #encode} a line. Each of them writes all or
 * nothing: where there is no room it answers false and has changed nothing, so that the caller can
 * go on in a larger buffer, with the same line. The octets may be cut into frames anywhere (RFC
 * 9113 4.3). A block that was begun must be sent, and blocks in the order in which they were
 * encoded, since the peer's table follows them.
 *
 * <p>A line that was sent not long ago enters the dynamic table when it is sent again, if it is
 * small against the table; so what is sent once displaces nothing.
 */
public final class HpackEncoder {
  /** A table holds at least so many lines of the largest that enter it. */
  private static final int LEAST_LINES = 4;

  /** Shorter cookies could be guessed by watching what is compressed (RFC 7541 7.1.3). */
  private static final int SHORT_COOKIE = 20;

  private static final int NONE_PENDING = -1;

  private final DynamicTable table = new DynamicTable(HpackDecoder.INITIAL_TABLE_SIZE);
  private final RecentHashes recent = new RecentHashes();
  private final int mostTableSize;

  /** The least and the last maximum since the last block, or {@link #NONE_PENDING}. */
  private int leastPending = NONE_PENDING;

  private int lastPending = NONE_PENDING;

  private int literals;
  private int changes;

  /** The context of a new connection, whose table takes no more than the protocol's default. */
  public HpackEncoder() {
    this(HpackDecoder.INITIAL_TABLE_SIZE);
  }

  /**
   * The context of a new connection.
   *
   * @param mostTableSize in octets as RFC 7541 4.1 counts them, whatever more the peer allows
   */
  public HpackEncoder(int mostTableSize) {
    this.mostTableSize = mostTableSize;
    maxTableSize(HpackDecoder.INITIAL_TABLE_SIZE);
  }

  /** The peer's SETTINGS_HEADER_TABLE_SIZE; it holds from the next block on (RFC 7541 4.2). */
  public void maxTableSize(long bytes) {
    int size = (int) Math.min(bytes, mostTableSize);
    changes++;
    if (leastPending != NONE_PENDING) {
      leastPending = Math.min(leastPending, size);
      lastPending = size;
    } else if (size != table.maxSize()) {
      leastPending = size;
      lastPending = size;
    }
  }

  /**
   * Starts a block: says what the table's size has become since the last, if it has changed, the
   * least in between first (RFC 7541 4.2).
   *
   * @return whether there was room; if not, nothing was done
   */
  public boolean begin(ByteBuffer out) {
    if (lastPending == NONE_PENDING) {
      return true;
    }
    boolean both = leastPending < lastPending;
    int length = PrefixedInteger.length(5, lastPending);
    if (both) {
      length += PrefixedInteger.length(5, leastPending);
    }
    if (out.remaining() < length) {
      return false;
    }
    if (both) {
      table.maxSize(leastPending);
      PrefixedInteger.encode(out, 0x20, 5, leastPending);
    }
    table.maxSize(lastPending);
    PrefixedInteger.encode(out, 0x20, 5, lastPending);
    leastPending = NONE_PENDING;
    lastPending = NONE_PENDING;
    return true;
  }

  /** How many lines were written as literals so far; all others are in a table as a whole. */
  public int literals() {
    return literals;
  }

  /**
   * How often the table has changed so far, or will have with the next block: as long as it does
   * not, a line that was no literal is encoded by the same octets again.
   */
  public int changes() {
    return changes;
  }

  /**
   * Writes a line that is not secret, such as a pseudo-header.
   *
   * @param value of octets, one a character
   * @return whether there was room; if not, nothing was done
   */
  public boolean encode(ByteBuffer out, LineName name, String value) {
    return encode(out, name.text(), value, false);
  }

  /**
   * Writes a field line.
   *
   * @param value of octets, one a character
   * @param secret whether no one on the way may index it (RFC 7541 7.1.3); credentials and short
   *     cookies are secret anyway
   * @return whether there was room; if not, nothing was done
   */
  public boolean encode(ByteBuffer out, HeaderName name, String value, boolean secret) {
    return encode(out, name.lowerCase(), value, secret);
  }

  private boolean encode(ByteBuffer out, String name, String value, boolean secret) {
    int nameIndex = StaticTable.find(name);
    if (secret || isSecret(nameIndex, value)) {
      return literal(out, 0x10, 4, nameIndex, name, value);
    }
    int index = nameIndex == 0 ? 0 : StaticTable.find(nameIndex, value);
    if (index != 0) {
      return indexed(out, index);
    }
    int hash = name.hashCode() * 31 + value.hashCode();
    int entry = table.find(hash, name, value);
    if (entry != 0) {
      return indexed(out, StaticTable.SIZE + entry);
    }
    boolean enters = recent.contains(hash) && isSmall(name, value);
    boolean written =
        enters
            ? literal(out, 0x40, 6, nameIndex, name, value)
            : literal(out, 0x00, 4, nameIndex, name, value);
    if (written) {
      recent.add(hash);
      if (enters) {
        table.add(LineName.of(name), value, hash);
        changes++;
      }
    }
    return written;
  }

  private static boolean isSecret(int nameIndex, String value) {
    if (nameIndex == StaticTable.COOKIE || nameIndex == StaticTable.SET_COOKIE) {
      return value.length() < SHORT_COOKIE;
    }
    return nameIndex == StaticTable.AUTHORIZATION || nameIndex == StaticTable.PROXY_AUTHORIZATION;
  }

  private boolean isSmall(String name, String value) {
    int entrySize = DynamicTable.entrySize(name.length(), value.length());
    return entrySize <= table.maxSize() / LEAST_LINES;
  }

  /** RFC 7541 6.1. */
  private static boolean indexed(ByteBuffer out, int index) {
    if (out.remaining() < PrefixedInteger.length(7, index)) {
      return false;
    }
    PrefixedInteger.encode(out, 0x80, 7, index);
    return true;
  }

  /** RFC 7541 6.2. */
  private boolean literal(
      ByteBuffer out, int pattern, int prefixBits, int staticIndex, String name, String value) {
    int index = staticIndex;
    if (index == 0) {
      int entry = table.find(name);
      index = entry == 0 ? 0 : StaticTable.SIZE + entry;
    }
    int nameLength = index != 0 ? 0 : Huffman.encodedLength(name);
    int valueLength = Huffman.encodedLength(value);
    long length = (long) PrefixedInteger.length(prefixBits, index) + length(value, valueLength);
    if (index == 0) {
      length += length(name, nameLength);
    }
    if (out.remaining() < length) {
      return false;
    }
    literals++;
    PrefixedInteger.encode(out, pattern, prefixBits, index);
    if (index == 0) {
      string(out, name, nameLength);
    }
    string(out, value, valueLength);
    return true;
  }

  private static long length(String text, int huffmanLength) {
    int length = Math.min(text.length(), huffmanLength);
    return (long) PrefixedInteger.length(7, length) + length;
  }

  /** RFC 7541 5.2, the shorter way. */
  private static void string(ByteBuffer out, String text, int huffmanLength) {
    if (huffmanLength < text.length()) {
      PrefixedInteger.encode(out, 0x80, 7, huffmanLength);
      Huffman.encode(text, out);
    } else {
      PrefixedInteger.encode(out, 0x00, 7, text.length());
      for (int i = 0; i < text.length(); i++) {
        out.put((byte) text.charAt(i));
      }
    }
  }
}
