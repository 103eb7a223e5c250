package dev.weir.net;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.tls.TlsClientContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for the connection that TLS is to be spoken on, then makes way for it. */
record TlsConnecting(
    TlsClientContext context, String host, int port, Duration timeout, StreamHandler handler)
    implements StreamHandler {

  @Override
  public void opened(ByteStream stream) {
    TlsStream outer = new TlsStream(stream, context.connect(host, port), timeout);
    outer.handler(handler);
    stream.handler(outer);
    outer.opened(stream);
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    throw new IllegalStateException("bytes came before the connection was open");
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    handler.closed(stream, problem);
  }
}
