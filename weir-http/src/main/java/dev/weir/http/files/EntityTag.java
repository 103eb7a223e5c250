package dev.weir.http.files;

import org.jspecify.annotations.Nullable;

/**
 * An entity tag (RFC 9110 8.8.3): the name of one exact state of one representation.
 *
 * @param opaque what stands between the quotes
 * @param weak whether it says only that two states mean the same, not that their bytes are equal
 */
record EntityTag(String opaque, boolean weak) {

  /**
   * The strong tag of a file: its identity, size and time of change, so that a file replaced by
   * another of the same size within one tick of the clock still changes its tag. A content coding
   * is part of the name, because each coding is a representation of its own (RFC 9110 8.8.3.3).
   *
   * @param identity of the inode, or 0 where the file system has no such thing
   * @param modifiedNanos since the epoch
   * @param coding the name of the content coding, or null for the file as it is
   */
  static EntityTag ofFile(int identity, long size, long modifiedNanos, @Nullable String coding) {
    String state =
        Integer.toHexString(identity)
            + '-'
            + Long.toHexString(size)
            + '-'
            + Long.toHexString(modifiedNanos);
    return new EntityTag(coding == null ? state : state + '-' + coding, false);
  }

  /** Whether both are strong and equal (RFC 9110 8.8.3.2): the bytes are the same. */
  boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Whether both name the same state, weak or strong (RFC 9110 8.8.3.2). */
  boolean matchesWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /** Reads one entity tag; null if the text is something else, such as a date. */
  static @Nullable EntityTag parse(String text) {
    var list = EntityTagList.parse(text);
    return list.tags().size() == 1 ? list.tags().getFirst() : null;
  }

  /** As it stands in a field: {@code "abc"} or {@code W/"abc"}. */
  @Override
  public String toString() {
    return weak ? "W/\"" + opaque + '"' : '"' + opaque + '"';
  }
}
