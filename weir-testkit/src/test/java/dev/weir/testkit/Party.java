package dev.weir.testkit;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One side of a conversation: sends so many bytes of a sequence that both know, in fits and starts,
 * and checks what comes. It pauses, leaves bytes, writes in every way there is, and ends in any.
 */
final class Party implements StreamHandler {

  /** How a party ends once it has sent everything. */
  enum Ending {
    END,
    CLOSE,
    RESET
  }

  private final String name;
  private final SimNetwork network;
  private final RandomGenerator random;
  private final int salt;
  private final int length;
  private final Ending ending;
  private final boolean patient;
  private Party other;

  private int sent;
  private int received;
  private boolean opened;
  private boolean done;
  private boolean ended;
  private boolean waiting;
  private int timesClosed;
  private @Nullable AssertionError wrong;
  private @Nullable WeirException problem;

  private Party(String name, SimNetwork network) {
    this.name = name;
    this.network = network;
    this.random = network.random();
    this.salt = random.nextInt();
    this.length = random.nextInt(1 << random.nextInt(1, 17));
    this.ending =
        switch (random.nextInt(10)) {
          case 0 -> Ending.RESET;
          case 1, 2, 3 -> Ending.CLOSE;
          default -> Ending.END;
        };
    this.patient = random.nextBoolean();
  }

  /** Two that talk to each other. */
  static Party[] pair(SimNetwork network) {
    Party client = new Party("client", network);
    Party server = new Party("server", network);
    client.other = server;
    server.other = client;
    return new Party[] {client, server};
  }

  Party other() {
    return other;
  }

  // ---- sending

  @Override
  public void opened(ByteStream stream) {
    check(!opened && timesClosed == 0, "opened twice or too late");
    opened = true;
    send(stream);
  }

  @Override
  public void writable(ByteStream stream) {
    check(waiting, "writable without having been asked for");
    waiting = false;
    send(stream);
  }

  private void send(ByteStream stream) {
    while (sent < length && timesClosed == 0) {
      if (random.nextInt(8) == 0) {
        later(stream, () -> send(stream));
        return;
      }
      int want = Math.min(length - sent, 1 + random.nextInt(random.nextBoolean() ? 100 : 40_000));
      int took = random.nextInt(3) == 0 ? place(stream, want) : copy(stream, want);
      sent += took;
      if (took < want) {
        waiting = true;
        stream.wantWritable();
        return;
      }
      if (random.nextInt(20) == 0) {
        stream.flush();
      }
    }
    finish(stream);
  }

  private int copy(ByteStream stream, int want) {
    ByteBuffer bytes =
        random.nextBoolean() ? ByteBuffer.allocate(want) : ByteBuffer.allocateDirect(want);
    for (int n = 0; n < want; n++) {
      bytes.put(at(sent + n));
    }
    int took = stream.write(bytes.flip());
    check(took == bytes.position(), "write's answer is not how far the position moved");
    return took;
  }

  private int place(ByteStream stream, int want) {
    int count = Math.min(want, ByteStream.MAX_RESERVE);
    ByteBuffer room = stream.reserve(count);
    if (room == null) {
      return 0;
    }
    check(room.remaining() >= count, "reserve gave less than was asked for");
    for (int n = 0; n < count; n++) {
      room.put(at(sent + n));
    }
    return want == count ? count : count + copyAfter(stream, want - count, count);
  }

  private int copyAfter(ByteStream stream, int want, int placed) {
    sent += placed;
    int took = copy(stream, want);
    sent -= placed;
    return took;
  }

  private void finish(ByteStream stream) {
    if (done || timesClosed > 0) {
      return;
    }
    done = true;
    switch (ending) {
      case END -> stream.end();
      case CLOSE -> stream.close();
      case RESET -> stream.reset(0);
    }
  }

  // ---- receiving

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    check(opened && !ended && timesClosed == 0, "received at the wrong time");
    check(bytes.hasRemaining(), "nothing was received");
    boolean pause = !patient && random.nextInt(10) == 0;
    int take = bytes.remaining();
    if (pause) {
      take = random.nextInt(take + 1);
    } else if (random.nextInt(4) == 0 && received + take < other.length) {
      // More is to come, so what is left comes again.
      take -= random.nextInt(Math.min(take, 2000));
    }
    for (int n = 0; n < take; n++) {
      byte got = bytes.get();
      check(got == other.at(received), "a wrong byte at " + received);
      received++;
    }
    if (pause) {
      stream.pause();
      later(stream, stream::resume);
    }
  }

  @Override
  public void ended(ByteStream stream) {
    check(opened && !ended && timesClosed == 0, "ended at the wrong time");
    ended = true;
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException why) {
    timesClosed++;
    problem = why;
  }

  private void later(ByteStream stream, Runnable what) {
    Duration delay = Duration.ofNanos(random.nextInt(20_000_000));
    switch (random.nextInt(4)) {
      case 0 -> stream.loop().execute(what);
      case 1 -> network.after(delay, () -> stream.loop().execute(what));
      default -> stream.loop().schedule(delay, what);
    }
  }

  // ---- what must be true in the end

  /** Whether all has come that the other had to say. */
  boolean heardAll() {
    return received == other.length;
  }

  void verify() {
    if (wrong != null) {
      // It was thrown at the loop, which logs and goes on.
      throw wrong;
    }
    if (!opened && name.equals("server")) {
      // The connection was cut before it was accepted; it may be by a client that had waited for
      // the server's end as long as a close waits.
      check(
          other.problem != null || (other.ending == Ending.CLOSE && other.done),
          "never accepted, and the client was not told why");
      return;
    }
    check(timesClosed == 1, "closed " + timesClosed + " times");
    if (ended) {
      check(received == other.sent, "ended after " + received + " of " + other.sent + " bytes");
    } else if (problem == null) {
      check(ending == Ending.CLOSE && done, "closed in order, but neither side had ended");
    }
    if (problem == null
        && other.problem == null
        && ending == Ending.END
        && other.ending == ending) {
      check(sent == length && received == other.length, "all is well, yet bytes are missing");
    }
  }

  private byte at(int position) {
    return (byte) (position * 31 + (position >>> 8) * 17 + salt);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      wrong = new AssertionError(this + ": " + otherwise + "; the other is " + other);
      throw wrong;
    }
  }

  @Override
  public String toString() {
    return name
        + " (sent "
        + sent
        + " of "
        + length
        + ", received "
        + received
        + ", "
        + ending
        + (ended ? ", ended" : "")
        + ", closed "
        + timesClosed
        + "x: "
        + problem
        + ")";
  }
}
