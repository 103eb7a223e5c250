package dev.weir.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Makes DER (X.690), just what X.509 certificates and PKCS#8 keys need: each method returns one
 * encoded value, and values nest by being passed on.
 */
final class DerWriter {
  static final byte[] NULL = {DerTag.NULL, 0};

  private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  private DerWriter() {}

  static byte[] value(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | octets);
      for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
        out.write(length >>> shift);
      }
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... values) {
    return value(DerTag.SEQUENCE, values);
  }

  static byte[] set(byte[] single) {
    return value(DerTag.SET, single);
  }

  static byte[] bool(boolean value) {
    return value(DerTag.BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] integer(BigInteger value) {
    return value(DerTag.INTEGER, value.toByteArray());
  }

  static byte[] integer(int value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] octetString(byte[] content) {
    return value(DerTag.OCTET_STRING, content);
  }

  static byte[] bitString(byte[] content) {
    return value(DerTag.BIT_STRING, new byte[] {0}, content);
  }

  /** A named bit list (X.690 11.2.2): bit 0 is the most significant, trailing zero bits go. */
  static byte[] namedBits(int... bits) {
    int word = 0;
    int last = 0;
    for (int bit : bits) {
      word |= 0x80 >>> bit;
      last = Math.max(last, bit);
    }
    return value(DerTag.BIT_STRING, new byte[] {(byte) (7 - last), (byte) word});
  }

  static byte[] utf8String(String text) {
    return value(DerTag.UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    var out = new ByteArrayOutputStream();
    base128(out, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      base128(out, Long.parseLong(arcs[i]));
    }
    return value(DerTag.OID, out.toByteArray());
  }

  private static void base128(ByteArrayOutputStream out, long arc) {
    for (int shift = 63 - Long.numberOfLeadingZeros(arc | 1); shift >= 0; shift--) {
      if (shift % 7 == 0) {
        out.write((int) (arc >>> shift & 0x7f) | (shift == 0 ? 0 : 0x80));
      }
    }
  }

  /** RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on. */
  static byte[] time(Instant instant) {
    var utc = instant.atOffset(ZoneOffset.UTC);
    boolean late = utc.getYear() >= 2050;
    String text = (late ? GENERALIZED_TIME : UTC_TIME).format(utc);
    return value(
        late ? DerTag.GENERALIZED_TIME : DerTag.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }
}
