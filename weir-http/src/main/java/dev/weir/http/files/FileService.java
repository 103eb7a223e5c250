package dev.weir.http.files;

import dev.weir.loop.spi.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for the files of one mount: looks, plans, and opens or reads. It blocks, so it
 * is called off the loop, by any number of threads.
 */
final class FileService {
  /**
   * An answer, ready to be sent.
   *
   * @param file the open file that the plan's content is in, to be closed by the receiver; null if
   *     the content is in no file, or here
   * @param bytes the plan's content, if it is a region that is {@link #SMALL}
   */
  record Answer(FilePlan plan, @Nullable FileChannel file, @Nullable ByteBuffer bytes) {}

  /**
   * A region of at most so many bytes is read at once: a worker is asked but once for it, and no
   * file stays open for those who take it slowly.
   */
  static final int SMALL = 32 * 1024;

  private final FileMount mount;
  private final FileLookup lookup;
  private final Supplier<String> boundary;

  /**
   * A service.
   *
   * @param boundary makes a random boundary of letters and digits each time; called by any thread
   */
  FileService(FileMount mount, Supplier<String> boundary) {
    this.mount = mount;
    this.lookup = new FileLookup(mount);
    this.boundary = boundary;
  }

  /**
   * Answers one request. Blocks.
   *
   * @param sockets of the kind that sends the answer
   * @throws IOException if the file system is in trouble: 500
   */
  Answer answer(FileRequest request, Sockets sockets) throws IOException {
    FilePlan plan = FilePlan.of(mount, request, lookup.find(request), boundary);
    try {
      return open(plan, sockets);
    } catch (IOException e) {
      Finding finding = FileLookup.unopened(e);
      return new Answer(FilePlan.of(mount, request, finding, boundary), null, null);
    }
  }

  /** Paths were free of links when they were found: a link there now was put there to deceive. */
  private static Answer open(FilePlan plan, Sockets sockets) throws IOException {
    return switch (plan.content()) {
      case FilePlan.Content.None() -> new Answer(plan, null, null);
      case FilePlan.Content.Text(var text) -> new Answer(plan, null, null);
      case FilePlan.Content.Region(var path, var offset, var length) when length <= SMALL -> {
        try (FileChannel file = Sockets.open(path)) {
          ByteBuffer bytes = ByteBuffer.allocate((int) length);
          yield new Answer(plan, null, FileBlocks.fill(bytes, file, offset));
        }
      }
      case FilePlan.Content.Region(var file, var offset, var length) ->
          new Answer(plan, sockets.file(file), null);
      case FilePlan.Content.Multipart(var file, var ranges) ->
          new Answer(plan, sockets.file(file), null);
    };
  }
}
