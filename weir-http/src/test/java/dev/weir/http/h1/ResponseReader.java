package dev.weir.http.h1;

import dev.weir.http.HttpError;
import dev.weir.http.HttpLimits;
import dev.weir.http.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Reads responses one after the other as a client does, and writes down what it sees as text. */
final class ResponseReader {
  private final HttpLimits limits;
  private final Method request;
  private final List<String> events = new ArrayList<>();
  private final ResponseHead head = new ResponseHead();
  private final ResponseParser parser;
  private final StringBuilder data = new StringBuilder();
  private BodyDecoder body;
  private boolean switched;

  private ResponseReader(HttpLimits limits, Method request) {
    this.limits = limits;
    this.request = request;
    this.parser = new ResponseParser(limits);
  }

  /** What comes of the bytes presented in pieces of those sizes, then closed. */
  static List<String> events(
      byte[] bytes, HttpLimits limits, Method request, IntUnaryOperator nextSize) {
    var reader = new ResponseReader(limits, request);
    Wire.present(bytes, nextSize, reader::read);
    reader.close();
    return reader.events;
  }

  /** What comes of the bytes presented at once. */
  static List<String> events(String bytes, Method request) {
    return events(Wire.bytes(bytes), HttpLimits.DEFAULTS, request, presented -> bytes.length());
  }

  private boolean read(ByteBuffer in) {
    if (switched) {
      return readOther(in);
    }
    try {
      while (body != null ? readBody(in) : readHead(in)) {
        // the next part of the same bytes
      }
      return true;
    } catch (HttpError e) {
      body = null;
      events.add("error " + e.getMessage());
      return false;
    }
  }

  private boolean readOther(ByteBuffer in) {
    data.append(Wire.text(in));
    in.position(in.limit());
    return true;
  }

  private void close() {
    if (switched) {
      events.add("switched " + data);
    }
    if (body == null) {
      return;
    }
    try {
      body.endOfInput();
      readBody(ByteBuffer.allocate(0));
    } catch (HttpError e) {
      events.add("error " + e.getMessage());
    }
  }

  private boolean readHead(ByteBuffer in) {
    if (!parser.parse(in, head, request)) {
      return false;
    }
    events.add(
        "%s %s %s %s length=%d keepAlive=%s"
            .formatted(
                head.version(),
                head.status().code(),
                head.reason(),
                head.framing(),
                head.contentLength(),
                head.keepAlive()));
    head.headers().forEach((name, value) -> events.add(name + ": " + value));
    if (head.framing() == BodyFraming.SWITCHED) {
      switched = true;
      readOther(in);
      return false;
    }
    body = BodyDecoder.of(Role.CLIENT, head.framing(), head.contentLength(), limits);
    return true;
  }

  private boolean readBody(ByteBuffer in) {
    switch (body.decode(in)) {
      case NEED_MORE -> {
        return false;
      }
      case DATA -> {
        int taken = body.available();
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
