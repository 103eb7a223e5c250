package dev.weir.websocket.session;

import java.nio.ByteBuffer;

/** Takes the payload of messages, plain and in order, and hands it to the listener. */
interface MessageReceiver {

  /** A message starts. */
  void begin(boolean text);

  /**
   * A frame of the message starts, whose payload is not compressed.
   *
   * @param bytes its announced length, on which no memory may be spent yet
   * @param last whether the message ends with it
   */
  void announce(long bytes, boolean last);

  /** Returns how many bytes more the message may have; what inflates beyond it is wasted. */
  long room();

  /**
   * Payload came.
   *
   * @param bytes lent until the method returns
   * @param last whether the message ends here
   * @param ascii whether the bytes are known to be ASCII
   */
  void piece(ByteBuffer bytes, boolean last, boolean ascii);
}
