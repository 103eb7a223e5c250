package dev.weir.http.h1;

import dev.weir.http.HttpError;

/**
 * What differs between reading the head of a request and that of a response: the first line.
 *
 * @param <H> the head to fill
 */
interface StartLine<H> {
  /**
   * Reads the line that starts at the first of the bytes and ends by CR LF.
   *
   * @param end offset after its LF
   */
  void read(byte[] bytes, int end, H head);

  /** What to say of a line longer than the limit, of which this is the beginning. */
  HttpError tooLong(byte[] beginning);
}
