package dev.weir.cli.client;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A stream between an input and an output of this process. The input is read by a thread of its
 * own, one piece at a time: the next when the stream has taken the last, so a slow peer stalls the
 * input.
 */
final class PipedStream implements StreamHandler {

  private static final int PIECE = 32 * 1024;

  private final OutputStream out;
  private final PhaseLog phases;
  private final CompletableFuture<ByteStream> open = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Semaphore taken = new Semaphore(0);
  private @Nullable ByteBuffer piece;
  private @Nullable WeirException problem;

  PipedStream(OutputStream out, PhaseLog phases) {
    this.out = out;
    this.phases = phases;
  }

  // ---- the loop

  @Override
  public void opened(ByteStream stream) {
    phases.opened(stream.carrier());
    open.complete(stream);
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    // A terminal or a pipe may block: not the loop, but this stream's share of a worker.
    stream.pause();
    stream
        .loop()
        .<Boolean>offload(
            () -> {
              out.write(copy);
              out.flush();
              return true;
            },
            (done, failure) -> {
              if (failure == null) {
                stream.resume();
              } else {
                stream.reset(-1);
              }
            });
  }

  @Override
  public void ended(ByteStream stream) {
    stream.close();
  }

  @Override
  public void writable(ByteStream stream) {
    ByteBuffer rest = piece;
    if (rest != null) {
      stream.write(rest);
      if (rest.hasRemaining()) {
        stream.wantWritable();
        return;
      }
      piece = null;
      taken.release();
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException why) {
    problem = why;
    open.completeExceptionally(why == null ? new IOException("closed") : why);
    exit.complete(why == null ? 0 : 1);
    taken.release();
  }

  // ---- the thread that reads the input

  void feed(InputStream in) {
    try {
      ByteStream stream = open.join();
      byte[] buffer = new byte[PIECE];
      int count;
      while ((count = in.read(buffer)) > 0) {
        ByteBuffer next = ByteBuffer.wrap(buffer.clone(), 0, count);
        stream.loop().execute(() -> send(stream, next));
        taken.acquire();
      }
      stream.loop().execute(stream::end);
    } catch (IOException | InterruptedException | RuntimeException e) {
      // The stream is closed, which closed() tells; or the input is, and then nothing follows.
    }
  }

  private void send(ByteStream stream, ByteBuffer next) {
    piece = next;
    writable(stream);
  }

  /** Waits for the end. */
  int exitCode(PrintWriter err) {
    int code = exit.join();
    WeirException why = problem;
    if (why != null) {
      err.println("weir: " + why.getMessage());
    }
    return code;
  }
}
