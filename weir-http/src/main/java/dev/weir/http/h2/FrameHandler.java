package dev.weir.http.h2;

import java.nio.ByteBuffer;

/**
 * Takes the frames that a {@link FrameReader} has found well-formed by themselves. Views are valid
 * for the length of the call. What these methods throw reaches the caller of the reader; the frame
 * is behind it then.
 */
interface FrameHandler {

  /**
   * A DATA frame begins; its content follows by {@link #data}, in as many pieces as it comes in.
   *
   * @param flowLength what it takes of the windows: content and padding (RFC 9113 6.1)
   * @param contentLength how much of that is content
   */
  void dataBegins(int streamId, int flowLength, int contentLength, boolean endStream);

  /** Content of the DATA frame that began last; all of it is taken. */
  void data(ByteBuffer bytes);

  /** The DATA frame is over, its padding too. */
  void dataEnds();

  /** A field section, put together from HEADERS and its CONTINUATION frames. */
  void headers(int streamId, ByteBuffer block, boolean endStream);

  /** A PRIORITY frame; what it says is of no account any more (RFC 9113 5.3.2). */
  void priority(int streamId);

  void reset(int streamId, int code);

  /** SETTINGS, whole pairs of identifier and value. */
  void settings(ByteBuffer pairs);

  void settingsAcknowledged();

  void ping(long opaque);

  void pingAcknowledged(long opaque);

  void goAway(int lastStreamId, int code, ByteBuffer debugData);

  /** The increment is not zero. */
  void windowUpdate(int streamId, int increment);

  /** PRIORITY_UPDATE with the field value that it carries (RFC 9218 7.1). */
  void priorityUpdate(int streamId, ByteBuffer value);

  /** A frame of a type that is not known; it is dropped (RFC 9113 5.5). */
  void unknown(int type);
}
