package dev.weir.http.hpack;

import dev.weir.http.HeaderName;

/** The static table (RFC 7541 2.3.1 and Appendix A). Its entries of one name stand together. */
public final class StaticTable {
  private static final String[][] LINES = {
    {":authority", ""},
    {":method", "GET", "POST"},
    {":path", "/", "/index.html"},
    {":scheme", "http", "https"},
    {":status", "200", "204", "206", "304", "400", "404", "500"},
    {"accept-charset", ""},
    {"accept-encoding", "gzip, deflate"},
    {"accept-language", ""},
    {"accept-ranges", ""},
    {"accept", ""},
    {"access-control-allow-origin", ""},
    {"age", ""},
    {"allow", ""},
    {"authorization", ""},
    {"cache-control", ""},
    {"content-disposition", ""},
    {"content-encoding", ""},
    {"content-language", ""},
    {"content-length", ""},
    {"content-location", ""},
    {"content-range", ""},
    {"content-type", ""},
    {"cookie", ""},
    {"date", ""},
    {"etag", ""},
    {"expect", ""},
    {"expires", ""},
    {"from", ""},
    {"host", ""},
    {"if-match", ""},
    {"if-modified-since", ""},
    {"if-none-match", ""},
    {"if-range", ""},
    {"if-unmodified-since", ""},
    {"last-modified", ""},
    {"link", ""},
    {"location", ""},
    {"max-forwards", ""},
    {"proxy-authenticate", ""},
    {"proxy-authorization", ""},
    {"range", ""},
    {"referer", ""},
    {"refresh", ""},
    {"retry-after", ""},
    {"server", ""},
    {"set-cookie", ""},
    {"strict-transport-security", ""},
    {"transfer-encoding", ""},
    {"user-agent", ""},
    {"vary", ""},
    {"via", ""},
    {"www-authenticate", ""},
  };

  /** How many entries there are; the first has index 1. */
  public static final int SIZE = 61;

  private static final LineName[] NAMES = new LineName[SIZE + 1];
  private static final String[] VALUES = new String[SIZE + 1];

  private static final int SLOT_BITS = 7;

  /** By hash of the name, the index of its first entry. */
  private static final byte[] FIRST = new byte[1 << SLOT_BITS];

  static {
    int index = 1;
    for (var line : LINES) {
      var name = LineName.of(line[0]);
      int slot = slot(name.text());
      while (FIRST[slot] != 0) {
        slot = nextSlot(slot);
      }
      FIRST[slot] = (byte) index;
      for (int i = 1; i < line.length; i++) {
        NAMES[index] = name;
        VALUES[index++] = line[i];
      }
    }
  }

  /** Fields whose values are secret, so that {@link HpackEncoder} treats them with care. */
  static final int AUTHORIZATION = find(HeaderName.AUTHORIZATION.lowerCase());

  static final int COOKIE = find(HeaderName.COOKIE.lowerCase());
  static final int PROXY_AUTHORIZATION = find(HeaderName.PROXY_AUTHORIZATION.lowerCase());
  static final int SET_COOKIE = find(HeaderName.SET_COOKIE.lowerCase());

  private StaticTable() {}

  /** The name of entry {@code index}, from 1 to {@link #SIZE}. */
  public static LineName name(int index) {
    return NAMES[index];
  }

  /** The value of entry {@code index}, from 1 to {@link #SIZE}. */
  public static String value(int index) {
    return VALUES[index];
  }

  /** The index of the first entry of that name, or 0. */
  public static int find(String name) {
    int slot = slot(name);
    for (int index = FIRST[slot]; index != 0; index = FIRST[slot]) {
      if (NAMES[index].text().equals(name)) {
        return index;
      }
      slot = nextSlot(slot);
    }
    return 0;
  }

  /** The index of the entry of that value among those of the name that starts there, or 0. */
  public static int find(int first, String value) {
    for (int index = first; index <= SIZE && NAMES[index].equals(NAMES[first]); index++) {
      if (VALUES[index].equals(value)) {
        return index;
      }
    }
    return 0;
  }

  private static int slot(String name) {
    return (name.hashCode() * 0x9e3779b1) >>> (Integer.SIZE - SLOT_BITS);
  }

  private static int nextSlot(int slot) {
    return (slot + 1) & (FIRST.length - 1);
  }
}
