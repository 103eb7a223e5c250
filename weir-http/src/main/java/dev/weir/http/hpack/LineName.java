package dev.weir.http.hpack;

import dev.weir.http.HeaderName;
import dev.weir.http.fields.KnownNames;
import dev.weir.http.fields.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The name of a field line as HTTP/2 and HTTP/3 carry it: a pseudo-header (RFC 9113 8.3), a field
 * name in lower case (RFC 9113 8.2.1), or what is neither and makes its message malformed.
 *
 * <p>Pseudo-headers and well-known field names exist once. Immutable, for any thread.
 */
public final class LineName {
  public static final LineName AUTHORITY = new LineName(":authority", null, true);
  public static final LineName METHOD = new LineName(":method", null, true);
  public static final LineName PATH = new LineName(":path", null, true);

  /** RFC 8441 4. */
  public static final LineName PROTOCOL = new LineName(":protocol", null, true);

  public static final LineName SCHEME = new LineName(":scheme", null, true);
  public static final LineName STATUS = new LineName(":status", null, true);

  private static final LineName[] PSEUDO = {METHOD, PATH, SCHEME, AUTHORITY, STATUS, PROTOCOL};

  private static final int SLOT_BITS = 8;
  private static final @Nullable LineName[] WELL_KNOWN = new @Nullable LineName[1 << SLOT_BITS];

  static {
    for (var name : HeaderName.WELL_KNOWN) {
      int slot = slot(name);
      while (WELL_KNOWN[slot] != null) {
        slot = nextSlot(slot);
      }
      WELL_KNOWN[slot] = new LineName(name.lowerCase(), name, false);
    }
  }

  private final String text;
  private final @Nullable HeaderName header;
  private final boolean pseudo;

  /** Whether no other instance equals it. */
  private final boolean constant;

  private LineName(String text, @Nullable HeaderName header, boolean pseudo) {
    this.text = text;
    this.header = header;
    this.pseudo = pseudo;
    this.constant = pseudo || (header != null && header.wellKnown());
  }

  /** The line name of a field; nothing is allocated for a well-known one. */
  public static LineName of(HeaderName name) {
    if (name.wellKnown()) {
      int slot = slot(name);
      for (var known = WELL_KNOWN[slot]; known != null; known = WELL_KNOWN[slot]) {
        if (known.text.equals(name.lowerCase())) {
          return known;
        }
        slot = nextSlot(slot);
      }
    }
    return new LineName(name.lowerCase(), name, false);
  }

  /** The name that is carried as this text; malformed if it is no name. */
  public static LineName of(String text) {
    for (var name : PSEUDO) {
      if (name.text.equals(text)) {
        return name;
      }
    }
    boolean valid = Octets.isToken(text);
    for (int i = 0; valid && i < text.length(); i++) {
      valid = !isUpperCase(text.charAt(i));
    }
    return valid ? of(HeaderName.of(text)) : new LineName(text, null, false);
  }

  /** The pseudo-header or well-known field of that name, or null if it is neither. */
  static @Nullable LineName constant(byte[] octets, int length) {
    if (length > 0 && octets[0] == ':') {
      return pseudo(octets, length);
    }
    for (int i = 0; i < length; i++) {
      if (!Octets.isTchar(octets[i]) || isUpperCase(octets[i])) {
        return null;
      }
    }
    var known = length == 0 ? null : KnownNames.find(octets, 0, length);
    return known == null ? null : of(known);
  }

  private static @Nullable LineName pseudo(byte[] octets, int length) {
    for (var name : PSEUDO) {
      if (name.text.length() == length) {
        int same = 1;
        while (same < length && name.text.charAt(same) == octets[same]) {
          same++;
        }
        if (same == length) {
          return name;
        }
      }
    }
    return null;
  }

  private static boolean isUpperCase(int octet) {
    return octet >= 'A' && octet <= 'Z';
  }

  private static int slot(HeaderName name) {
    return (name.hashCode() * 0x9e3779b1) >>> (Integer.SIZE - SLOT_BITS);
  }

  private static int nextSlot(int slot) {
    return (slot + 1) & (WELL_KNOWN.length - 1);
  }

  /** Whether it is one of the pseudo-headers that have a constant here. */
  public boolean isPseudo() {
    return pseudo;
  }

  /** Whether it has an upper-case letter, is no token, or is a pseudo-header that nobody knows. */
  public boolean isMalformed() {
    return header == null && !pseudo;
  }

  /** The field that it names, or null if it is a pseudo-header or malformed. */
  public @Nullable HeaderName header() {
    return header;
  }

  /** The name as it is carried, one character an octet. */
  public String text() {
    return text;
  }

  /** Whether both are carried by the same octets. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (!constant && other instanceof LineName that && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** In quotes if it is malformed, since it may then have any octets. */
  @Override
  public String toString() {
    return isMalformed() ? Octets.quote(text) : text;
  }
}
