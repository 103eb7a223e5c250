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

  /**
   * Whether a file has one name. Elsewhere it may be known by others, in other letters or a short
   * form, that would slip past a rule about names: only the real path tells.
   */
  private static final boolean EXACT_NAMES = "Linux".equals(System.getProperty("os.name"));

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
    Permitted found = permitted(root, root.resolve(relative));
    if (found == null) {
      return failed(root, Status.FORBIDDEN);
    }
    if (found.attributes.isDirectory()) {
      return slash ? findIndex(root, found.path, accepted) : new Finding.NeedsSlash();
    }
    if (slash) {
      return failed(root, Status.NOT_FOUND);
    }
    // Opening a pipe or a device would wait, or worse.
    return found.attributes.isRegularFile()
        ? new Finding.Found(represent(found, accepted))
        : failed(root, Status.FORBIDDEN);
  }

  private Finding findIndex(Path root, Path directory, AcceptEncoding accepted) throws IOException {
    for (String name : mount.indexNames()) {
      Path index = directory.resolve(name);
      Permitted found = Files.exists(index) ? permitted(root, index) : null;
      if (found != null && found.attributes.isRegularFile()) {
        return new Finding.Found(represent(found, accepted));
      }
    }
    return mount.listings() ? list(root, directory) : failed(root, Status.FORBIDDEN);
  }

  /** What may be served: its real path, and what is there. */
  private record Permitted(Path path, BasicFileAttributes attributes) {}

  /** Null if the mount's rule about links keeps it from being served. */
  private @Nullable Permitted permitted(Path root, Path path) throws IOException {
    BasicFileAttributes unlinked = EXACT_NAMES ? unlinked(root, path) : null;
    if (unlinked != null) {
      return new Permitted(path, unlinked);
    }
    Path real = path.toRealPath();
    boolean allowed = mount.symbolicLinks() ? real.startsWith(root) : real.equals(path);
    return allowed ? new Permitted(real, attributes(real)) : null;
  }

  /**
   * What is at a path below the real path of the root, if no link and no dots lead there, so that
   * the path is a real one: one call of the system for each name, where resolving takes one for
   * each name of the root too, and another for the attributes.
   */
  private static @Nullable BasicFileAttributes unlinked(Path root, Path path) throws IOException {
    if (!path.equals(path.normalize())) {
      return null;
    }
    Path reached = root;
    BasicFileAttributes attributes = null;
    for (Path name : root.relativize(path)) {
      reached = reached.resolve(name);
      attributes = attributes(reached);
      if (attributes.isSymbolicLink()) {
        return null;
      }
    }
    return attributes;
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** The file or, of its sidecars, the one that the client likes best. */
  private StoredFile represent(Permitted found, AcceptEncoding accepted) throws IOException {
    Path path = found.path;
    BasicFileAttributes attributes = found.attributes;
    String mediaType = mount.mediaTypes().of(path.toString());
    if (mount.sidecars() && CompressibleTypes.contains(mediaType)) {
      for (ContentCoding coding : accepted.choose(SIDECARS)) {
        Path sidecar = path.resolveSibling(path.getFileName() + SUFFIXES.get(coding));
        BasicFileAttributes beside = Files.exists(sidecar) ? attributes(sidecar) : null;
        if (beside != null
            && beside.isRegularFile()
            && beside.lastModifiedTime().compareTo(attributes.lastModifiedTime()) >= 0) {
          return StoredFile.of(sidecar, mediaType, coding, beside);
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
      Permitted found = permitted(root, child);
      if (found == null) {
        return null;
      }
      BasicFileAttributes attributes = found.attributes;
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
      Permitted found = permitted(root, root.resolve(document));
      return found != null && found.attributes.isRegularFile()
          ? StoredFile.of(
              found.path, mount.mediaTypes().of(found.path.toString()), null, found.attributes)
          : null;
    } catch (FileSystemException e) {
      // Not there, or not to be read: the answer goes without it.
      return null;
    }
  }
}
