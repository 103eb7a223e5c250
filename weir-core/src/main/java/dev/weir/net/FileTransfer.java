package dev.weir.net;

import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a file from a worker: reading the disk can block, so the worker writes to the
 * socket while the stream keeps its hands off, until the system has no room or the part has been
 * sent.
 */
final class FileTransfer {

  private final FileRegion region;
  private final FileRegion.Done done;
  private long sent;
  private @Nullable Exception problem;

  FileTransfer(FileRegion region, FileRegion.Done done) {
    this.region = region;
    this.done = done;
  }

  /** Sends what the system takes now. Calls {@link SocketStream#transferred} on the loop. */
  void next(SocketStream stream) {
    long from = sent;
    stream
        .loop()
        .<Long>offload(
            () -> {
              long moved = 0;
              long count;
              do {
                count =
                    stream
                        .socket()
                        .write(
                            region.file(),
                            region.position() + from + moved,
                            region.count() - from - moved);
                moved += count;
              } while (count > 0 && from + moved < region.count());
              return moved;
            },
            (moved, failure) -> {
              if (failure != null) {
                problem = failure;
                stream.fail(
                    new StreamException.Aborted(
                        "file", -1, "a file could not be sent: " + failure.getMessage(), failure));
              }
              long count = moved == null ? 0 : moved;
              sent += count;
              stream.transferred(count, failure == null && sent < region.count() && !atEnd());
            });
  }

  /**
   * A file that became shorter than its region ends the transfer; the peer is told by the count.
   */
  private boolean atEnd() {
    try {
      return region.position() + sent >= region.file().size();
    } catch (java.io.IOException e) {
      problem = e;
      return true;
    }
  }

  void end(@Nullable Exception streamProblem) {
    done.done(sent, problem != null ? problem : streamProblem);
  }
}
