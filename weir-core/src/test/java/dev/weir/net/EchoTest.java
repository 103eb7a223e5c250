package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream there and back over the loopback interface. */
class EchoTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void megabytesComeBackWholeAndBothEndsClose() throws Exception {
    byte[] sent = new byte[5_000_000];
    new Random(1).nextBytes(sent);
    try (Context context = Context.start()) {
      Listener listener = context.listen(ANY, stream -> new Echo());
      Collector collector = new Collector(sent);
      context.connect(Endpoint.of(listener.address()), collector);
      assertArrayEquals(sent, collector.result.get(20, TimeUnit.SECONDS));
      assertEquals(1, listener.accepted());
    }
  }

  /** Sends back what comes, no faster than the peer takes it. */
  static final class Echo implements StreamHandler {
    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      stream.write(bytes);
      if (bytes.hasRemaining()) {
        stream.pause();
        stream.wantWritable();
      }
    }

    @Override
    public void writable(ByteStream stream) {
      stream.resume();
    }
  }

  /** Sends everything, ends, and collects until the peer ends. */
  static final class Collector implements StreamHandler {
    final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final ByteBuffer toSend;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    Collector(byte[] sent) {
      toSend = ByteBuffer.wrap(sent);
    }

    @Override
    public void opened(ByteStream stream) {
      writable(stream);
    }

    @Override
    public void writable(ByteStream stream) {
      stream.write(toSend);
      if (toSend.hasRemaining()) {
        stream.wantWritable();
      } else {
        stream.end();
      }
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      collected.writeBytes(copy);
    }

    @Override
    public void closed(ByteStream stream, @Nullable WeirException problem) {
      assertNull(problem);
      result.complete(collected.toByteArray());
    }
  }
}
