package dev.weir.raw;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A handler that is told whole lines. A line ends with LF, or with CR LF, and is text in UTF-8;
 * what comes behind the last end of line is no line. One that is too long resets the connection.
 * Loop thread.
 */
public abstract class Lines implements StreamHandler {

  /** The longest line, in bytes, unless the constructor is told something else. */
  public static final int MAX_LENGTH = 8 * 1024;

  private final int maxLength;

  /** Lines of {@link #MAX_LENGTH} bytes at most. */
  protected Lines() {
    this(MAX_LENGTH);
  }

  /**
   * Lines of so many bytes at most, their end not counted.
   *
   * @param maxLength from 1 to less than {@link StreamHandler#MAX_LEFT} - 2
   */
  protected Lines(int maxLength) {
    if (maxLength < 1 || maxLength > MAX_LEFT - 2) {
      throw new IllegalArgumentException("not a length of lines: " + maxLength);
    }
    this.maxLength = maxLength;
  }

  /**
   * A line has come, without its end. Lines that came together are told together, one after the
   * other, whatever is done to the stream meanwhile.
   */
  protected abstract void line(ByteStream stream, String line);

  @Override
  public final void received(ByteStream stream, ByteBuffer bytes) {
    int start = bytes.position();
    for (int at = start; at < bytes.limit(); at++) {
      if (bytes.get(at) == '\n') {
        int end = at > start && bytes.get(at - 1) == '\r' ? at - 1 : at;
        if (end - start > maxLength) {
          stream.reset(-1);
          return;
        }
        ByteBuffer line = bytes.slice(start, end - start);
        start = at + 1;
        bytes.position(start);
        line(stream, StandardCharsets.UTF_8.decode(line).toString());
      }
    }
    // One more for a CR whose LF has not come yet.
    if (bytes.remaining() > maxLength + 1) {
      stream.reset(-1);
    }
  }
}
