package dev.weir.cli.client;

import dev.weir.http.Headers;
import dev.weir.http.client.ClientResponse;
import dev.weir.http.client.ResponseHandler;
import dev.weir.loop.Loop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response as it comes. A terminal, a pipe or a disk may block, so a worker writes, one
 * piece at a time; meanwhile the response is paused, and so the server of a slow reader waits.
 */
final class ResponsePrinter implements ResponseHandler {

  private final Callable<OutputStream> target;
  private final boolean include;
  private final Consumer<ClientResponse> begun;
  private final CompletableFuture<Integer> printed = new CompletableFuture<>();
  private @Nullable OutputStream out;
  private @Nullable ClientResponse response;
  private @Nullable Headers trailers;
  private boolean writing;

  /**
   * @param target opens what to write to; closed in the end
   * @param include whether to write status, fields and trailers too
   * @param begun told when the response has begun; what it throws ends the call
   */
  ResponsePrinter(Callable<OutputStream> target, boolean include, Consumer<ClientResponse> begun) {
    this.target = target;
    this.include = include;
    this.begun = begun;
  }

  /** The status code, once everything is written; or why that was not possible. */
  CompletableFuture<Integer> printed() {
    return printed;
  }

  @Override
  public void head(ClientResponse head) {
    response = head;
    try {
      begun.accept(head);
    } catch (UncheckedIOException e) {
      printed.completeExceptionally(e.getCause());
      head.cancel();
      return;
    }
    if (include) {
      StringBuilder text = new StringBuilder(head.version() + " " + head.status() + "\r\n");
      head.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
      write(head, text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void data(ByteBuffer bytes) {
    ClientResponse from = response;
    if (from != null && !writing) {
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      write(from, piece);
    }
  }

  private void write(ClientResponse from, byte[] piece) {
    Loop loop = from.loop();
    int code = from.status().code();
    writing = true;
    from.pause();
    loop.<Boolean>offload(
        () -> {
          OutputStream to = open();
          to.write(piece);
          to.flush();
          return true;
        },
        (done, failure) -> {
          writing = false;
          if (failure != null) {
            printed.completeExceptionally(failure);
            from.cancel();
          } else if (trailers != null) {
            finish(loop, code, trailers);
          } else {
            from.resume();
          }
        });
  }

  private OutputStream open() throws Exception {
    OutputStream opened = out;
    if (opened == null) {
      opened = target.call();
      out = opened;
    }
    return opened;
  }

  @Override
  public void end(Headers last) {
    ClientResponse from = response;
    if (from != null) {
      trailers = last.copy();
      if (!writing) {
        finish(from.loop(), from.status().code(), trailers);
      }
    }
  }

  private void finish(Loop loop, int code, Headers last) {
    loop.<Integer>offload(
        () -> {
          try (OutputStream to = open()) {
            if (include) {
              StringBuilder text = new StringBuilder();
              last.forEach((name, value) -> text.append("\r\n" + name + ": " + value));
              to.write(text.toString().getBytes(StandardCharsets.UTF_8));
            }
          }
          return code;
        },
        (done, failure) -> {
          if (done != null) {
            printed.complete(done);
          } else {
            printed.completeExceptionally(failure == null ? new IOException("cut") : failure);
          }
        });
  }

  @Override
  public void failed(Exception problem) {
    printed.completeExceptionally(problem);
  }
}
