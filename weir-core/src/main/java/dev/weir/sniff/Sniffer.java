package dev.weir.sniff;

import java.nio.ByteBuffer;

/** Recognizes a protocol by its first bytes. A pure function of them; any thread. */
@FunctionalInterface
public interface Sniffer {

  /**
   * Looks at the bytes between position and limit, and moves neither.
   *
   * @param first all that has come since the connection opened; may be empty
   * @return the answer, which must not change from yes or no when more bytes come
   */
  Answer sniff(ByteBuffer first);

  /** Whether the bytes are the beginning of the protocol. */
  sealed interface Answer {}

  /** An answer that stands whatever comes next. */
  enum Settled implements Answer {
    /** They are. */
    YES,
    /** They cannot be. */
    NO
  }

  /**
   * It is too early to tell.
   *
   * @param bytes how many more are needed at least, from 1
   */
  record NeedMore(int bytes) implements Answer {
    /** Checks the number. */
    public NeedMore {
      if (bytes < 1) {
        throw new IllegalArgumentException("more is at least one byte, not " + bytes);
      }
    }
  }
}
