package dev.weir.tls;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (X.690) strictly, value by value: minimal definite lengths, one-byte tags, nothing that
 * reaches past its parent. Errors name the offset in the whole input.
 */
final class DerReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  DerReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private DerReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  boolean hasMore() {
    return position < end;
  }

  boolean nextIs(int tag) {
    return hasMore() && (bytes[position] & 0xff) == tag;
  }

  /** Enters a constructed value; the reader itself moves behind it. */
  DerReader enter(int tag) {
    int start = content(tag);
    return new DerReader(bytes, start, position);
  }

  /** Takes a value and returns its content. */
  byte[] take(int tag) {
    int start = content(tag);
    return Arrays.copyOfRange(bytes, start, position);
  }

  /** Takes a value whatever its tag and returns it as it is encoded. */
  byte[] takeEncoded() {
    int start = position;
    if (!hasMore()) {
      throw fault(start, "expected a value, but the input ends");
    }
    content(bytes[position] & 0xff);
    return Arrays.copyOfRange(bytes, start, position);
  }

  BigInteger integer() {
    int at = position;
    byte[] content = take(DerTag.INTEGER);
    boolean padded =
        content.length > 1
            && ((content[0] == 0 && content[1] >= 0) || (content[0] == -1 && content[1] < 0));
    if (content.length == 0 || padded) {
      throw fault(at, "INTEGER is not in its shortest form");
    }
    return new BigInteger(content);
  }

  String oid() {
    int at = position;
    byte[] content = take(DerTag.OID);
    if (content.length == 0 || content[content.length - 1] < 0) {
      throw fault(at, "OBJECT IDENTIFIER is cut short");
    }
    var dotted = new StringBuilder();
    long arc = 0;
    for (byte octet : content) {
      arc = arc << 7 | (octet & 0x7f);
      if (arc > Integer.MAX_VALUE) {
        throw fault(at, "OBJECT IDENTIFIER has an arc beyond 2^31");
      }
      if (octet >= 0) {
        if (dotted.isEmpty()) {
          long root = Math.min(arc / 40, 2);
          dotted.append(root).append('.').append(arc - 40 * root);
        } else {
          dotted.append('.').append(arc);
        }
        arc = 0;
      }
    }
    return dotted.toString();
  }

  /** Checks that nothing is left. */
  void finish() {
    if (hasMore()) {
      throw fault(position, (end - position) + " bytes too many");
    }
  }

  /** Reads tag and length, moves behind the value, and returns where its content starts. */
  private int content(int tag) {
    int at = position;
    if (end - at < 2) {
      throw fault(at, "expected " + name(tag) + ", but the input ends");
    }
    if ((bytes[at] & 0xff) != tag) {
      throw fault(at, "expected " + name(tag) + ", found " + name(bytes[at] & 0xff));
    }
    int length = bytes[at + 1] & 0xff;
    int start = at + 2;
    if (length >= 0x80) {
      int octets = length - 0x80;
      if (octets == 0 || octets > 4 || octets > end - start) {
        throw fault(at + 1, "length is indefinite, cut short or over four bytes");
      }
      long value = 0;
      for (int i = 0; i < octets; i++) {
        value = value << 8 | (bytes[start++] & 0xff);
      }
      if (value < 0x80 || value >>> (8 * (octets - 1)) == 0) {
        throw fault(at + 1, "length is not in its shortest form");
      }
      length = (int) Math.min(value, Integer.MAX_VALUE);
    }
    if (length > end - start) {
      throw fault(
          at + 1, "length " + length + " reaches past the " + (end - start) + " bytes left");
    }
    position = start + length;
    return start;
  }

  private static String name(int tag) {
    return switch (tag) {
      case DerTag.BOOLEAN -> "BOOLEAN";
      case DerTag.INTEGER -> "INTEGER";
      case DerTag.BIT_STRING -> "BIT STRING";
      case DerTag.OCTET_STRING -> "OCTET STRING";
      case DerTag.NULL -> "NULL";
      case DerTag.OID -> "OBJECT IDENTIFIER";
      case DerTag.SEQUENCE -> "SEQUENCE";
      case DerTag.SET -> "SET";
      default -> "tag 0x" + Integer.toHexString(tag);
    };
  }

  private static CredentialError fault(int at, String what) {
    return new CredentialError("bad DER at byte " + at + ": " + what);
  }
}
