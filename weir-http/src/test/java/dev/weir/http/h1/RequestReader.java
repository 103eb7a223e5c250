package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Reads requests one after the other as a server does, and writes down what it sees as text. */
final class RequestReader {
  private final HttpLimits limits;
  private final List<String> events = new ArrayList<>();
  private final RequestHead head = new RequestHead();
  private final RequestParser parser;
  private final StringBuilder data = new StringBuilder();
  private BodyDecoder body;

  private RequestReader(HttpLimits limits) {
    this.limits = limits;
    this.parser = new RequestParser(limits);
  }

  /** What comes of the bytes presented in pieces of those sizes. */
  static List<String> events(byte[] bytes, HttpLimits limits, IntUnaryOperator nextSize) {
    var reader = new RequestReader(limits);
    Wire.present(bytes, nextSize, reader::read);
    return reader.events;
  }

  /** What comes of the bytes presented at once. */
  static List<String> events(String bytes) {
    return events(Wire.bytes(bytes), HttpLimits.DEFAULTS, presented -> bytes.length());
  }

  private boolean read(ByteBuffer in) {
    try {
      while (body != null ? readBody(in) : readHead(in)) {
        // the next part of the same bytes
      }
      return true;
    } catch (HttpError e) {
      events.add("error " + e.getMessage());
      return false;
    }
  }

  private boolean readHead(ByteBuffer in) {
    if (!parser.parse(in, head)) {
      return false;
    }
    events.add(
        "%s %s %s %s authority=%s path=%s query=%s %s length=%d keepAlive=%s upgrade=%s expect=%s"
            .formatted(
                head.method(),
                head.target(),
                head.version(),
                head.form(),
                head.authority(),
                head.path(),
                head.query(),
                head.framing(),
                head.contentLength(),
                head.keepAlive(),
                head.upgrade(),
                head.expectContinue()));
    head.headers().forEach((name, value) -> events.add(name + ": " + value));
    body = BodyDecoder.of(Role.SERVER, head.framing(), head.contentLength(), limits);
    return true;
  }

  private boolean readBody(ByteBuffer in) {
    switch (body.decode(in)) {
      case NEED_MORE -> {
        return false;
      }
      case DATA -> {
        // Sometimes take less than there is, as a slow consumer does.
        int taken = Math.max(1, body.available() * 2 / 3);
        data.append(Wire.text(in.slice(in.position(), taken)));
        in.position(in.position() + taken);
        body.consumed(taken);
      }
      case END -> {
        events.add("data " + data);
        data.setLength(0);
        body.trailers().forEach((name, value) -> events.add("trailer " + name + ": " + value));
        body = null;
      }
    }
    return true;
  }
}
