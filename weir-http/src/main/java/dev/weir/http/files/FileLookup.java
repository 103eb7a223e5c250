package dev.weir.http.files;

import dev.weir.http.Status;
import dev.weir.http.coding.AcceptEncoding;
import dev.weir.http.coding.CompressibleTypes;
import dev.weir.http.coding.ContentCoding;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the file system about a path. Every method blocks, so it is called off the loop.
 *
 * <p>What is served lies below the real path of the root after all links are resolved. The root is
 * resolved anew each time: it may be a link that a deployment points elsewhere.
 */
final class FileLookup {
  /** A directory is listed up to so many names, so that the page has a bound. */
  static final int MAX_LISTED = 10_000;

  private static final Map<ContentCoding, String> SUFFIXES =
      Map.of(
          ContentCoding.BROTLI, ".br",
          ContentCoding.ZSTANDARD, ".zst",
          ContentCoding.GZIP, ".gz");

  /** In order of preference. */
  private static final List<ContentCoding> SIDECARS =
      List.of(ContentCoding.BROTLI, ContentCoding.ZSTANDARD, ContentCoding.GZIP);

  private final FileMount mount;

  FileLookup(FileMount mount) {
    this.mount = mount;
  }

  /**
   * Finds what a request is for.
   *
   * @throws IOException if the file system is in trouble: 500
   */
  Finding find(FileRequest request) throws IOException {
    Path root = mount.root().toRealPath();
    return switch (PathResolver.resolve(request.below(), mount.hiddenFiles())) {
      case PathResolver.Resolution.Malformed(var reason) ->
          new Finding.Failed(Status.BAD_REQUEST, reason, errorDocument(root, Status.BAD_REQUEST));
      case PathResolver.Resolution.Hidden() -> failed(root, Status.NOT_FOUND);
      case PathResolver.Resolution.Below(var relative, var directory) -> {
        boolean slash = relative.isEmpty() ? request.namesDirectory() : directory;
        try {
          yield find(root, relative, slash, request.accepted());
        } catch (AccessDeniedException e) {
          yield failed(root, Status.FORBIDDEN);
        } catch (FileSystemException | InvalidPathException e) {
          // No such file; or a file where a directory is needed, a name too long for the file
          // system, links in a circle, a character its encoding lacks: nothing is there either.
          yield failed(root, Status.NOT_FOUND);
        }
      }
    };
  }

  /**
   * What to answer for a file that was found but cannot be opened.
   *
   * @throws IOException that was given, if it means trouble: 500
   */
  static Finding unopened(IOException problem) throws IOException {
    return switch (problem) {
      case AccessDeniedException e -> new Finding.Failed(Status.FORBIDDEN, null, null);
      case NoSuchFileException e -> new Finding.Failed(Status.NOT_FOUND, null, null);
      default -> throw problem;
    };
  }

  private Finding find(Path root, String relative, boolean slash, AcceptEncoding accepted)
      throws IOException {
    Path path = permitted(root, root.resolve(relative));
    if (path == null) {
      return failed(root, Status.FORBIDDEN);
    }
    BasicFileAttributes attributes = attributes(path);
    if (attributes.isDirectory()) {
      return slash ? findIndex(root, path, accepted) : new Finding.NeedsSlash();
    }
    if (slash) {
      return failed(root, Status.NOT_FOUND);
    }
    // Opening a pipe or a device would wait, or worse.
    return attributes.isRegularFile()
        ? new Finding.Found(represent(path, attributes, accepted))
        : failed(root, Status.FORBIDDEN);
  }

  private Finding findIndex(Path root, Path directory, AcceptEncoding accepted) throws IOException {
    for (String name : mount.indexNames()) {
      Path index = directory.resolve(name);
      Path path = Files.exists(index) ? permitted(root, index) : null;
      if (path != null) {
        BasicFileAttributes attributes = attributes(path);
        if (attributes.isRegularFile()) {
          return new Finding.Found(represent(path, attributes, accepted));
        }
      }
    }
    return mount.listings() ? list(root, directory) : failed(root, Status.FORBIDDEN);
  }

  /** The real path; null if the mount's rule about links keeps it from being served. */
  private @Nullable Path permitted(Path root, Path path) throws IOException {
    Path real = path.toRealPath();
    boolean allowed = mount.symbolicLinks() ? real.startsWith(root) : real.equals(path);
    return allowed ? real : null;
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** The file or, of its sidecars, the one that the client likes best. */
  private StoredFile represent(Path path, BasicFileAttributes attributes, AcceptEncoding accepted)
      throws IOException {
    String mediaType = mount.mediaTypes().of(path.toString());
    if (mount.sidecars() && CompressibleTypes.contains(mediaType)) {
      for (ContentCoding coding : accepted.choose(SIDECARS)) {
        Path sidecar = path.resolveSibling(path.getFileName() + SUFFIXES.get(coding));
        BasicFileAttributes found = Files.exists(sidecar) ? attributes(sidecar) : null;
        if (found != null
            && found.isRegularFile()
            && found.lastModifiedTime().compareTo(attributes.lastModifiedTime()) >= 0) {
          return StoredFile.of(sidecar, mediaType, coding, found);
        }
      }
    }
    return StoredFile.of(path, mediaType, null, attributes);
  }

  private Finding list(Path root, Path directory) throws IOException {
    var entries = new ArrayList<Finding.Entry>();
    boolean truncated = false;
    try (var stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        if (entries.size() == MAX_LISTED) {
          truncated = true;
          break;
        }
        Finding.Entry entry = entry(root, child);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    entries.sort(
        Comparator.comparing(Finding.Entry::directory)
            .reversed()
            .thenComparing(Finding.Entry::name));
    return new Finding.Listing(List.copyOf(entries), truncated);
  }

  /** Null for what would not be served, or has gone meanwhile. */
  private Finding.@Nullable Entry entry(Path root, Path child) throws IOException {
    String name = String.valueOf(child.getFileName());
    if (name.startsWith(".") && !mount.hiddenFiles()) {
      return null;
    }
    try {
      Path path = permitted(root, child);
      if (path == null) {
        return null;
      }
      BasicFileAttributes attributes = attributes(path);
      return attributes.isDirectory() || attributes.isRegularFile()
          ? new Finding.Entry(
              name,
              attributes.isDirectory(),
              attributes.size(),
              attributes.lastModifiedTime().toInstant())
          : null;
    } catch (FileSystemException e) {
      return null;
    }
  }

  private Finding failed(Path root, Status status) throws IOException {
    return new Finding.Failed(status, null, errorDocument(root, status));
  }

  private @Nullable StoredFile errorDocument(Path root, Status status) throws IOException {
    String document = mount.errorDocument(status.code());
    if (document == null) {
      return null;
    }
    try {
      Path path = permitted(root, root.resolve(document));
      if (path == null) {
        return null;
      }
      BasicFileAttributes attributes = attributes(path);
      return attributes.isRegularFile()
          ? StoredFile.of(path, mount.mediaTypes().of(path.toString()), null, attributes)
          : null;
    } catch (FileSystemException e) {
      // Not there, or not to be read: the answer goes without it.
      return null;
    }
  }
}
