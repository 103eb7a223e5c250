package dev.weir.examples;

import dev.weir.Weir;
import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes uploads of any size into files, by as much memory as one piece has: a worker writes it, and
 * until that is done the client is not read from. A client that asks first (Expect: 100-continue)
 * learns that it may not before it has sent anything.
 */
public final class UploadServer {

  private UploadServer() {}

  /** Starts it; port 0 for any. */
  public static Weir start(int port, Path directory) {
    Weir weir = Weir.start();
    weir.host(
        "localhost",
        host ->
            host.listenPlain(new InetSocketAddress("localhost", port))
                .put("/files/{name}", (request, response) -> take(request, response, directory)));
    return weir;
  }

  private static void take(HttpRequest request, HttpResponse response, Path directory)
      throws IOException {
    String name = request.parameter("name");
    if (!name.matches("[\\w-]+")) {
      // The body has not been asked for: whoever waits for 100 keeps it.
      response.status(Status.FORBIDDEN).text("not a name of a file\n");
      return;
    }
    FileChannel file =
        FileChannel.open(
            directory.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    request.body(new Upload(request, response, file));
  }

  /** Writes what comes, piece by piece. */
  private record Upload(HttpRequest request, HttpResponse response, FileChannel file)
      implements BodyHandler {
    @Override
    public void data(ByteBuffer bytes) {
      ByteBuffer piece = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      request.pause();
      request
          .loop()
          .offload(
              () -> file.write(piece),
              (written, problem) -> {
                if (problem != null) {
                  response.fail(problem);
                } else {
                  request.resume();
                }
              });
    }

    @Override
    public void end(Headers trailers) {
      close();
      response.status(Status.CREATED).text("trailers: " + trailers + "\n");
    }

    @Override
    public void failed(Exception problem) {
      close();
    }

    private void close() {
      try {
        file.close();
      } catch (IOException e) {
        response.fail(e);
      }
    }
  }

  /** Takes uploads into the directory that is given until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Weir weir = start(8080, Path.of(args[0]))) {
      weir.awaitShutdown();
    }
  }
}
