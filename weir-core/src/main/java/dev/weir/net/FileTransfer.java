package dev.weir.net;

import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a file from a worker: reading the disk can block, so the worker writes to the
 * socket while the stream keeps its hands off, until the system has no room, the part has been sent
 * or the worker has done its share.
 */
final class FileTransfer {

  /** A worker's share, in bytes: then other files have their turn. */
  private static final long SHARE = 4 << 20;

  /** One call of the system, in bytes; a connection that is cut waits for one. */
  private static final long PIECE = 1 << 20;

  /** How the transfer goes on. */
  enum Next {
    AT_ONCE,
    WHEN_WRITABLE,
    END
  }

  private final FileRegion region;
  private final FileRegion.Done done;
  private long sent;

  /** A {@link StreamException} if it was the stream that failed, else of the file. */
  private @Nullable Exception problem;

  private volatile boolean stopped;

  FileTransfer(FileRegion region, FileRegion.Done done) {
    this.region = region;
    this.done = done;
  }

  /** Sends what the system takes now. Calls {@link SocketStream#transferred} on the loop. */
  void next(SocketStream stream) {
    long from = sent;
    stream
        .loop()
        .<Moved>offload(
            () -> move(stream, from),
            (moved, unforeseen) -> {
              Moved outcome = moved == null ? new Moved(0, Next.END, unforeseen) : moved;
              sent += outcome.count;
              problem = outcome.failure;
              stream.transferred(outcome.count, outcome.next, ofStream(outcome.failure));
            });
  }

  /** On a worker. */
  private Moved move(SocketStream stream, long from) {
    long moved = 0;
    long left = region.count() - from;
    try {
      while (moved < left) {
        if (stopped || moved >= SHARE) {
          return new Moved(moved, Next.AT_ONCE, null);
        }
        long position = region.position() + from + moved;
        long count = stream.socket().write(region.file(), position, Math.min(PIECE, left - moved));
        if (count == 0) {
          // No room, or a file that became shorter than its region: the count tells the caller.
          boolean over = position >= region.file().size();
          return new Moved(moved, over ? Next.END : Next.WHEN_WRITABLE, null);
        }
        moved += count;
      }
      done.taken();
      return new Moved(moved, Next.END, null);
    } catch (IOException e) {
      return new Moved(moved, Next.END, failure(e));
    }
  }

  /** One exception for two ends: if the file can be read, it was the connection. */
  private Exception failure(IOException e) {
    try {
      region.file().read(ByteBuffer.allocate(1), region.position());
    } catch (IOException unreadable) {
      return unreadable;
    }
    return new StreamException.Reset("tcp", -1, "the peer takes no more: " + e.getMessage(), e);
  }

  /** Why the stream ends, if it does: what was promised of a file cannot be kept without it. */
  private static @Nullable StreamException ofStream(@Nullable Exception failure) {
    return switch (failure) {
      case null -> null;
      case StreamException cut -> cut;
      default ->
          new StreamException.Aborted("file", -1, "a file could not be read: " + failure, failure);
    };
  }

  /** The stream is gone: a worker that is sending stops soon. */
  void stop() {
    stopped = true;
  }

  void end(@Nullable Exception streamProblem) {
    done.done(sent, problem != null ? problem : streamProblem);
  }

  /** What a worker has done. */
  private record Moved(long count, Next next, @Nullable Exception failure) {}
}
