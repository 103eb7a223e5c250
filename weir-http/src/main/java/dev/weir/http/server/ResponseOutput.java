package dev.weir.http.server;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.http.exchange.MessageOutput;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.Persistence;
import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/** Sends the responses of one exchange of HTTP/1.1: interim ones and the final one. */
final class ResponseOutput extends MessageOutput {

  private final Http1Scratch scratch;
  private Status status = Status.OK;
  private Headers headers = Headers.of();
  private BodyFraming framing = BodyFraming.NONE;
  private long length;
  private Persistence persistence = Persistence.IMPLIED;
  private long epochSecond;

  ResponseOutput(Http1Scratch scratch) {
    this.scratch = scratch;
  }

  /** Sends a head; false if some of it is owed for want of room. */
  boolean head(
      ByteStream stream,
      Status next,
      Headers fields,
      BodyFraming how,
      long bodyBytes,
      Persistence connection,
      InstantSource clock) {
    status = next;
    headers = fields;
    framing = how;
    length = bodyBytes;
    persistence = connection;
    epochSecond = scratch.epochSecond(stream.loop(), clock);
    return sendHead(stream, how, bodyBytes);
  }

  @Override
  protected boolean encodeHead(ByteBuffer out) {
    return scratch.encoder.encode(out, status, headers, framing, length, persistence, epochSecond);
  }
}
