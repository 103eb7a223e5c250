package dev.weir.sniff;

import dev.weir.loop.Timer;
import dev.weir.net.StreamAcceptor;
import dev.weir.sniff.Sniffer.NeedMore;
import dev.weir.sniff.Sniffer.Settled;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The handler of a connection until it is known what it speaks. Takes no byte. */
final class Sniffing implements StreamHandler {

  private static final System.Logger LOG = System.getLogger("dev.weir.sniff");

  private final SniffingAcceptor rules;

  /** Who has the connection if no more bytes come. */
  private StreamAcceptor soFar = SniffingAcceptor.NOBODY;

  /** How many bytes have to be there before it is worth asking again; 0 while there are none. */
  private int needed;

  private @Nullable Timer timer;
  private long deadline;

  Sniffing(SniffingAcceptor rules) {
    this.rules = rules;
  }

  @Override
  public void opened(ByteStream stream) {
    long now = stream.loop().now();
    deadline = now + rules.timeLimit().toNanos();
    Timer running = stream.loop().timer(() -> timedOut(stream));
    timer = running;
    SniffingAcceptor.Silence silence = rules.silence();
    if (silence == null) {
      running.at(deadline);
    } else {
      soFar = silence.acceptor();
      running.at(now + silence.after().toNanos());
    }
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    if (bytes.remaining() < needed) {
      return;
    }
    Timer running = timer;
    if (needed == 0 && running != null) {
      running.at(deadline);
    }
    int peeked = Math.min(bytes.remaining(), rules.peekLimit());
    if (ask(bytes.slice(bytes.position(), peeked)) || peeked == rules.peekLimit()) {
      handOver(stream);
    }
  }

  /** Finds out who has these bytes; false if more of them may change that. */
  private boolean ask(ByteBuffer bytes) {
    int more = Integer.MAX_VALUE;
    for (SniffingAcceptor.Role role : rules.roles()) {
      switch (role.sniffer().sniff(bytes)) {
        case NeedMore(int count) -> more = Math.min(more, count);
        case Settled.NO -> {}
        case Settled.YES -> {
          soFar = role.acceptor();
          return waitFor(bytes, more);
        }
      }
    }
    soFar = rules.otherwise();
    return waitFor(bytes, more);
  }

  private boolean waitFor(ByteBuffer bytes, int more) {
    needed = Math.min(bytes.remaining() + Math.min(more, rules.peekLimit()), rules.peekLimit());
    return more == Integer.MAX_VALUE;
  }

  @Override
  public void ended(ByteStream stream) {
    if (needed == 0 && rules.silence() == null) {
      stream.close();
    } else {
      handOver(stream);
    }
  }

  private void timedOut(ByteStream stream) {
    try {
      handOver(stream);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the handler of " + stream + " failed; the connection is reset", e);
      stream.reset(-1);
    }
  }

  private void handOver(ByteStream stream) {
    stop();
    StreamHandler handler = soFar.accept(stream);
    if (handler == null) {
      stream.reset(-1);
    } else {
      stream.handler(handler);
      handler.opened(stream);
    }
  }

  private void stop() {
    Timer running = timer;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    stop();
  }
}
