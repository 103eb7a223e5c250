package dev.weir.net;

import dev.weir.loop.spi.LoopProvider;
import dev.weir.stream.ByteStream;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A program that echoes once on the socket that is its standard input, and ends. Its argument says
 * of which kind that is. It prints nothing: the JDK takes the other standard streams from a program
 * that inherits a connection.
 */
final class InheritedEcho {

  private static final CountDownLatch SERVED = new CountDownLatch(1);

  private InheritedEcho() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Context context = Context.start()) {
      Object inherited = LoopProvider.preferred().equals("nio") ? System.inheritedChannel() : 0;
      switch (arguments[0]) {
        case "listening" -> context.adoptListener(inherited, s -> new Echo());
        case "datagram" -> context.adoptDatagrams(inherited, new DatagramEcho());
        default -> context.adopt(inherited, null, s -> new Echo());
      }
      SERVED.await();
    }
  }

  private static final class Echo implements StreamHandler {
    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      stream.write(bytes);
    }

    @Override
    public void closed(ByteStream stream, @Nullable WeirException problem) {
      SERVED.countDown();
    }
  }

  private static final class DatagramEcho implements DatagramHandler {
    @Override
    public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
      datagrams.send(data, from);
      SERVED.countDown();
    }
  }
}
