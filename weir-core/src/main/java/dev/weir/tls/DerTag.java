package dev.weir.tls;

/** The identifier octets of X.690 that keys and certificates use. */
final class DerTag {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private DerTag() {}

  /** A context-specific tag whose content is a value of its own. */
  static int constructed(int number) {
    return 0xa0 | number;
  }

  /** A context-specific tag that replaces the tag of a primitive. */
  static int primitive(int number) {
    return 0x80 | number;
  }
}
