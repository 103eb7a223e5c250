package dev.weir.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for the files of one mount: looks, plans and opens. It blocks, so it is called
 * off the loop, by any number of threads.
 */
final class FileService {
  /**
   * An answer, ready to be sent.
   *
   * @param file the open file that the plan's content is in, to be closed by the receiver; null if
   *     the content is in no file
   */
  record Answer(FilePlan plan, @Nullable FileChannel file) {}

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
   * @throws IOException if the file system is in trouble: 500
   */
  Answer answer(FileRequest request) throws IOException {
    FilePlan plan = FilePlan.of(mount, request, lookup.find(request), boundary);
    try {
      return new Answer(plan, open(plan.content()));
    } catch (IOException e) {
      Finding finding = FileLookup.unopened(e);
      return new Answer(FilePlan.of(mount, request, finding, boundary), null);
    }
  }

  private static @Nullable FileChannel open(FilePlan.Content content) throws IOException {
    return switch (content) {
      case FilePlan.Content.None() -> null;
      case FilePlan.Content.Text(var text) -> null;
      case FilePlan.Content.Region(var file, var offset, var length) -> open(file);
      case FilePlan.Content.Multipart(var file, var ranges) -> open(file);
    };
  }

  /** The path was free of links when it was found: a link there now was put there to deceive. */
  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}
