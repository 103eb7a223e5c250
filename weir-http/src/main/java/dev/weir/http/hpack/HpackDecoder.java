package dev.weir.http.hpack;

import java.nio.ByteBuffer;

/**
 * The decoding context of a connection (RFC 7541 3): reads the field blocks of the peer, each as a
 * whole and all in their order. For one thread.
 *
 * <p>A line that is in a table costs no allocation; other Strings are shared with the connections
 * of the same loop.
 */
public final class HpackDecoder {
  /** SETTINGS_HEADER_TABLE_SIZE before anything else was said (RFC 9113 6.5.2). */
  public static final int INITIAL_TABLE_SIZE = 4096;

  private static final int NO_UPDATE_REQUIRED = Integer.MAX_VALUE;

  /** Tags in the dynamic table: whether the value is well-formed. */
  private static final int MALFORMED = 0;

  private static final int WELL_FORMED = 1;

  private final StringLiterals literals;
  private final DynamicTable table = new DynamicTable(INITIAL_TABLE_SIZE);
  private int maxTableSize = INITIAL_TABLE_SIZE;

  /** What the next block must reduce the table to, or {@link #NO_UPDATE_REQUIRED}. */
  private int requiredTableSize = NO_UPDATE_REQUIRED;

  /** What the list of the present block may yet take; less than 0 when it is too large. */
  private int room;

  /** The context of a new connection, on a loop that has these literals. */
  public HpackDecoder(StringLiterals literals) {
    this.literals = literals;
  }

  /**
   * Our SETTINGS_HEADER_TABLE_SIZE, once the peer has acknowledged it. If that is less than the
   * table has, the next block must start by saying so (RFC 9113 4.3.1).
   */
  public void maxTableSize(int bytes) {
    maxTableSize = bytes;
    if (bytes < table.maxSize()) {
      requiredTableSize = Math.min(requiredTableSize, bytes);
    }
  }

  /**
   * Reads a whole field block.
   *
   * <p>When the list of its lines is larger than {@code maxListSize}, the lines beyond are not
   * handed over, but the rest of the block is read for what it does to the table, since the
   * connection outlives it; that makes no Strings but those which the table keeps.
   *
   * @param block owned by the caller; read from position to limit
   * @param maxListSize our SETTINGS_MAX_HEADER_LIST_SIZE: 32, and the octets of name and value, a
   *     line (RFC 9113 6.5.2)
   * @return whether all lines were handed over
   * @throws CompressionException if the block cannot be decoded; then neither can any other
   */
  public boolean decode(ByteBuffer block, int maxListSize, Lines sink) {
    room = maxListSize;
    sizeUpdates(block);
    while (block.hasRemaining()) {
      byte first = block.get(block.position());
      if (first < 0) {
        indexed(block, sink);
      } else if ((first & 0x40) != 0) {
        literalToIndex(block, sink);
      } else if ((first & 0x20) != 0) {
        throw new CompressionException(
            "RFC 7541 4.2", "a dynamic table size update after a field line");
      } else {
        literal(block, (first & 0x10) != 0, sink);
      }
    }
    return room >= 0;
  }

  /**
   * Two at most have a meaning (RFC 7541 4.2). More are let pass: python-hpack sends one for each
   * change of our settings.
   */
  private void sizeUpdates(ByteBuffer block) {
    while (block.hasRemaining() && (block.get(block.position()) & 0xe0) == 0x20) {
      long size = integer(block, 5);
      if (size > maxTableSize) {
        throw new CompressionException(
            "RFC 7541 6.3",
            "a dynamic table size update to " + size + " where " + maxTableSize + " is allowed");
      }
      table.maxSize((int) size);
      if (size <= requiredTableSize) {
        requiredTableSize = NO_UPDATE_REQUIRED;
      }
    }
    if (requiredTableSize != NO_UPDATE_REQUIRED) {
      throw new CompressionException(
          "RFC 9113 4.3.1",
          "a field block that does not start with a dynamic table size update to "
              + requiredTableSize
              + " or less");
    }
  }

  /** RFC 7541 6.1. */
  private void indexed(ByteBuffer block, Lines sink) {
    long index = integer(block, 7);
    if (index == 0) {
      throw new CompressionException("RFC 7541 6.1", "an indexed field line of index 0");
    }
    if (index <= StaticTable.SIZE) {
      emit(StaticTable.name((int) index), StaticTable.value((int) index), WELL_FORMED, false, sink);
    } else {
      int entry = entry(index);
      emit(table.name(entry), table.value(entry), table.tag(entry), false, sink);
    }
  }

  private void emit(LineName name, String value, int tag, boolean neverIndexed, Lines sink) {
    if (takes(name, value.length())) {
      sink.line(name, value, tag == WELL_FORMED, neverIndexed);
    }
  }

  /** RFC 7541 6.2.1. */
  private void literalToIndex(ByteBuffer block, Lines sink) {
    var name = name(block, 6);
    literals.read(block);
    int entrySize = DynamicTable.entrySize(name.text().length(), literals.length());
    boolean kept = entrySize <= table.maxSize();
    if (!kept) {
      table.clear();
    }
    boolean taken = takes(name, literals.length());
    if (!kept && !taken) {
      return;
    }
    var value = literals.text();
    int tag = literals.isFieldValue() ? WELL_FORMED : MALFORMED;
    if (kept) {
      table.add(name, value, tag);
    }
    if (taken) {
      sink.line(name, value, tag == WELL_FORMED, false);
    }
  }

  /** RFC 7541 6.2.2 and 6.2.3. */
  private void literal(ByteBuffer block, boolean neverIndexed, Lines sink) {
    if (room < 0) {
      skipLiteral(block);
      return;
    }
    var name = name(block, 4);
    literals.read(block);
    if (takes(name, literals.length())) {
      sink.line(name, literals.text(), literals.isFieldValue(), neverIndexed);
    }
  }

  private void skipLiteral(ByteBuffer block) {
    long index = integer(block, 4);
    if (index == 0) {
      literals.read(block);
    } else if (index > StaticTable.SIZE) {
      entry(index);
    }
    literals.read(block);
  }

  private LineName name(ByteBuffer block, int prefixBits) {
    long index = integer(block, prefixBits);
    if (index == 0) {
      literals.read(block);
      return literals.name();
    }
    return index <= StaticTable.SIZE ? StaticTable.name((int) index) : table.name(entry(index));
  }

  /** Whether the list has room for that line, and all before it had. */
  private boolean takes(LineName name, int valueLength) {
    if (room >= 0) {
      room -= DynamicTable.entrySize(name.text().length(), valueLength);
    }
    return room >= 0;
  }

  /** The index in the dynamic table. */
  private int entry(long index) {
    long entry = index - StaticTable.SIZE;
    if (entry > table.count()) {
      throw new CompressionException(
          "RFC 7541 2.3.3",
          "index " + index + " where the last is " + (StaticTable.SIZE + table.count()));
    }
    return (int) entry;
  }

  private static long integer(ByteBuffer block, int prefixBits) {
    long value = PrefixedInteger.decode(block, prefixBits);
    if (value == PrefixedInteger.INCOMPLETE) {
      throw new CompressionException("RFC 7541 5.1", "a block that ends in an integer");
    }
    return value;
  }
}
