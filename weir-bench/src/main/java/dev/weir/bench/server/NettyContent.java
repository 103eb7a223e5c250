package dev.weir.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** The content and its fields, in the forms that Netty sends fastest. Event loop only. */
final class NettyContent {

  static final AsciiString TEXT = AsciiString.cached(Content.TEXT);
  static final AsciiString BINARY = AsciiString.cached(Content.BINARY);

  private final Body hello = new Body(TEXT, Content.hello());
  private final Body large = new Body(BINARY, Content.large());
  private final Content content;
  private AsciiString date = now();

  /** The date is looked up once a second. */
  NettyContent(Content content, EventLoop loop) {
    this.content = content;
    loop.scheduleAtFixedRate(() -> date = now(), 1, 1, TimeUnit.SECONDS);
  }

  Body hello() {
    return hello;
  }

  Body large() {
    return large;
  }

  Content files() {
    return content;
  }

  AsciiString date() {
    return date;
  }

  private static AsciiString now() {
    return new AsciiString(
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
  }

  /** A constant body, copied once to where the kernel reads it. */
  static final class Body {
    private final AsciiString type;
    private final AsciiString length;
    private final ByteBuf bytes;

    private Body(AsciiString type, byte[] body) {
      this.type = type;
      this.length = new AsciiString(Integer.toString(body.length));
      this.bytes =
          Unpooled.unreleasableBuffer(
              Unpooled.directBuffer(body.length).writeBytes(body).asReadOnly());
    }

    AsciiString type() {
      return type;
    }

    AsciiString length() {
      return length;
    }

    ByteBuf bytes() {
      return bytes.duplicate();
    }
  }
}
