package dev.weir.http.files;

import dev.weir.http.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the file system had for a path. */
sealed interface Finding {
  /** A file to be served. */
  record Found(StoredFile file) implements Finding {}

  /** A directory, but the path does not end in a slash, so links in its pages would miss. */
  record NeedsSlash() implements Finding {}

  /**
   * A directory without index file, to be listed.
   *
   * @param truncated whether there was more than {@link FileLookup#MAX_LISTED}
   */
  record Listing(List<Entry> entries, boolean truncated) implements Finding {}

  /**
   * Nothing that may be served.
   *
   * @param status 400, 403 or 404
   * @param reason for the client, if it could do better
   * @param document the mount's own page for this status
   */
  record Failed(Status status, @Nullable String reason, @Nullable StoredFile document)
      implements Finding {}

  /** One name in a directory. */
  record Entry(String name, boolean directory, long size, Instant modified) {}
}
