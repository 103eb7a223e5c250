package dev.weir.net;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamHandler;
import dev.weir.tls.TlsSession;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The stream of a connection that could not be made: closed from the beginning. */
record NeverOpened(Loop loop, String target) implements ByteStream, Carrier {

  @Override
  public Carrier carrier() {
    return this;
  }

  @Override
  public void handler(StreamHandler handler) {}

  @Override
  public int write(ByteBuffer src) {
    return 0;
  }

  @Override
  public @Nullable ByteBuffer reserve(int min) {
    return null;
  }

  @Override
  public void flush() {}

  @Override
  public void wantWritable() {}

  @Override
  public boolean hasUnsent() {
    return false;
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void end() {}

  @Override
  public void close() {}

  @Override
  public void reset(long code) {}

  @Override
  public long id() {
    return 0;
  }

  @Override
  public @Nullable SocketAddress local() {
    return null;
  }

  @Override
  public @Nullable SocketAddress remote() {
    return null;
  }

  @Override
  public @Nullable TlsSession tls() {
    return null;
  }

  @Override
  public long ageNanos() {
    return 0;
  }

  @Override
  public long bytesIn() {
    return 0;
  }

  @Override
  public long bytesOut() {
    return 0;
  }
}
