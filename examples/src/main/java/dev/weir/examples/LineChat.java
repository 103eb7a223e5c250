package dev.weir.examples;

import dev.weir.net.Context;
import dev.weir.net.Listener;
import dev.weir.raw.Lines;
import dev.weir.raw.SendQueue;
import dev.weir.stream.ByteStream;
import dev.weir.stream.WeirException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A chat for {@code nc}: each line goes to everybody, on whatever loop they are. */
public final class LineChat {

  private final Set<SendQueue> members = ConcurrentHashMap.newKeySet();

  private LineChat() {}

  /** Listens at an address. */
  public static Listener start(Context context, SocketAddress at) {
    LineChat chat = new LineChat();
    return context.listen(at, stream -> chat.new Member(stream));
  }

  private final class Member extends Lines {
    private final SendQueue queue;

    Member(ByteStream stream) {
      queue = new SendQueue(stream);
    }

    @Override
    public void opened(ByteStream stream) {
      members.add(queue);
    }

    @Override
    protected void line(ByteStream stream, String line) {
      var bytes = StandardCharsets.UTF_8.encode(line + "\n");
      for (SendQueue member : members) {
        if (!member.send(bytes.duplicate())) {
          // A megabyte is waiting already: this one has stopped reading.
          member.close();
        }
      }
    }

    @Override
    public void writable(ByteStream stream) {
      queue.writable();
    }

    @Override
    public void closed(ByteStream stream, @Nullable WeirException problem) {
      members.remove(queue);
      queue.closed();
    }
  }

  /** Serves port 9000 by four threads until it is stopped. */
  public static void main(String[] args) {
    try (Context context = Context.start(4)) {
      start(context, new InetSocketAddress("localhost", 9000));
      context.ended().join();
    }
  }
}
