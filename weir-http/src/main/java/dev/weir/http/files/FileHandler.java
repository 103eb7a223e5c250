package dev.weir.http.files;

import dev.weir.http.HeaderName;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Method;
import dev.weir.loop.spi.Sockets;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Serves the files of a {@link FileMount}: an {@link HttpHandler} to be mounted on a path. The file
 * system is asked, and the disk is read, by workers; where nothing stands between, the system sends
 * a file's bytes without a copy. Any thread.
 */
public final class FileHandler implements HttpHandler {

  private static final int BOUNDARY_BITS = 128;

  private final FileService service;
  private final InstantSource clock;

  private FileHandler(FileMount mount, InstantSource clock, Supplier<String> boundary) {
    this.service = new FileService(mount, boundary);
    this.clock = clock;
  }

  /** Serves a mount. */
  public static FileHandler of(FileMount mount) {
    return new FileHandler(mount, InstantSource.system(), FileHandler::randomBoundary);
  }

  /** Serves a directory as {@link FileMount#of} has it. */
  public static FileHandler of(Path directory) {
    return of(FileMount.of(directory));
  }

  private static String randomBoundary() {
    return new BigInteger(BOUNDARY_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) {
    Instant now = clock.instant();
    FileRequest wanted =
        FileRequest.read(
            request.method(),
            request.path(),
            request.query(),
            request.rest(),
            request.headers(),
            now);
    boolean head = request.method().equals(Method.HEAD);
    FileSender sender = new FileSender(request, response);
    response.whenOver(problem -> sender.over());
    Sockets sockets = request.loop().poller().sockets();
    request
        .loop()
        .<FileService.Answer>offload(
            () -> service.answer(wanted, sockets),
            (answer, problem) -> {
              if (answer == null) {
                response.fail(problem == null ? new IllegalStateException("no answer") : problem);
              } else {
                sender.send(answer, head);
              }
            });
  }

  /** Tells the response what the plan says, but for what frames it. */
  static void head(FilePlan plan, HttpResponse response) {
    response.status(plan.status()).uncompressed();
    plan.headers().forEach((name, value) -> response.headers().add(name, value));
    String length = plan.headers().get(HeaderName.CONTENT_LENGTH);
    if (length != null) {
      response.contentLength(Long.parseLong(length));
    }
  }
}
