package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.Status;

/** Which end of the connection we are; it decides what answers a message that is malformed. */
public enum Role {
  /** We read responses. What is wrong with one is the server's fault, as a gateway says by 502. */
  CLIENT(502, 502, 502),

  /** We read requests. */
  SERVER(400, 431, 413);

  private final int malformed;
  private final int fieldsTooLarge;
  private final int bodyTooLarge;

  Role(int malformed, int fieldsTooLarge, int bodyTooLarge) {
    this.malformed = malformed;
    this.fieldsTooLarge = fieldsTooLarge;
    this.bodyTooLarge = bodyTooLarge;
  }

  /** The message breaks the grammar or the rules of framing. */
  HttpError malformed(String section, String received, String expected, String remedy) {
    return new HttpError(Status.of(malformed), section, received, expected, remedy);
  }

  /** A header or trailer section passes one of our limits (RFC 6585 5). */
  HttpError fieldsTooLarge(String received, String limit, long value) {
    return new HttpError(
        Status.of(fieldsTooLarge),
        "RFC 6585 5",
        received,
        "at most " + value,
        "send less, or raise HttpLimits." + limit);
  }

  /** A body passes our limit (RFC 9110 15.5.14). */
  HttpError bodyTooLarge(String received, long limit) {
    return new HttpError(
        Status.of(bodyTooLarge),
        "RFC 9110 15.5.14",
        received,
        "at most " + limit + " bytes",
        "send less, or raise HttpLimits.bodyBytes");
  }
}
