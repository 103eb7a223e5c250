package dev.weir.http.client;

import java.nio.ByteBuffer;

/** A body that is there as a whole. */
final class BytesBody implements BodySource {

  private final ByteBuffer bytes;
  private ByteBuffer rest;

  BytesBody(ByteBuffer bytes) {
    this.bytes = bytes;
    this.rest = bytes;
  }

  @Override
  public long length() {
    return bytes.remaining();
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public void begin(BodySink sink) {
    rest = bytes.duplicate();
  }

  @Override
  public void writable(BodySink sink) {
    sink.write(rest);
    if (rest.hasRemaining()) {
      sink.wantWritable();
    } else {
      sink.end();
    }
  }
}
