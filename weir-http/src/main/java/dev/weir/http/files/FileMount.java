package dev.weir.http.files;

import dev.weir.http.Headers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose files are served, and how. Immutable, for any thread and any number of hosts.
 *
 * <p>Served without being asked for: media types, the index file of a directory, a strong ETag and
 * Last-Modified with all conditions (RFC 9110 13), single and multiple ranges (RFC 9110 14), and in
 * place of a text file its compressed sidecar if the client takes it: {@code app.js.br}, {@code
 * app.js.zst} or {@code app.js.gz} beside {@code app.js}, unless it is older than that.
 *
 * <p>Never served: what lies outside the directory, whatever path or link leads there; and, unless
 * asked for, names that start with a dot (but {@code /.well-known/}, RFC 8615), what a symbolic
 * link points to, and lists of directories.
 */
public final class FileMount {
  private final Path root;
  private final List<String> indexNames;
  private final MediaTypes mediaTypes;
  private final boolean sidecars;
  private final boolean hiddenFiles;
  private final boolean symbolicLinks;
  private final boolean listings;
  private final @Nullable CacheControl cacheControl;
  private final Headers headers;
  private final Map<Integer, String> errorDocuments;

  private FileMount(Builder builder) {
    root = builder.root;
    indexNames = builder.indexNames;
    mediaTypes = builder.mediaTypes;
    sidecars = builder.sidecars;
    hiddenFiles = builder.hiddenFiles;
    symbolicLinks = builder.symbolicLinks;
    listings = builder.listings;
    cacheControl = builder.cacheControl;
    headers = builder.headers.copy();
    errorDocuments = Map.copyOf(builder.errorDocuments);
  }

  /**
   * A directory with every option at its default. It may be in an archive ({@link
   * java.nio.file.FileSystems#newFileSystem(Path)}), which stays the caller's, to be closed when
   * nothing is served from it any more.
   *
   * @throws IllegalArgumentException if there is no such directory
   */
  public static FileMount of(Path root) {
    return builder(root).build();
  }

  /** A directory whose options are about to be set. */
  public static Builder builder(Path root) {
    return new Builder(root);
  }

  /** The directory, as it was given. */
  public Path root() {
    return root;
  }

  List<String> indexNames() {
    return indexNames;
  }

  MediaTypes mediaTypes() {
    return mediaTypes;
  }

  boolean sidecars() {
    return sidecars;
  }

  boolean hiddenFiles() {
    return hiddenFiles;
  }

  boolean symbolicLinks() {
    return symbolicLinks;
  }

  boolean listings() {
    return listings;
  }

  @Nullable CacheControl cacheControl() {
    return cacheControl;
  }

  /** To be added to every answer. Read only, and so safe for several threads. */
  Headers headers() {
    return headers;
  }

  /** The file, by its path below the root, that is the body of answers with that status. */
  @Nullable String errorDocument(int status) {
    return errorDocuments.get(status);
  }

  /** Sets options. Belongs to one thread. */
  public static final class Builder {
    private final Path root;
    private List<String> indexNames = List.of("index.html");
    private MediaTypes mediaTypes = MediaTypes.standard();
    private boolean sidecars = true;
    private boolean hiddenFiles;
    private boolean symbolicLinks;
    private boolean listings;
    private @Nullable CacheControl cacheControl;
    private final Headers headers = Headers.create();
    private final Map<Integer, String> errorDocuments = new TreeMap<>();

    private Builder(Path root) {
      this.root = root;
    }

    /** The names of the file that stands for its directory, the first that exists; or none. */
    public Builder index(String... names) {
      indexNames = List.of(names);
      return this;
    }

    /**
     * The media type of files with an extension, in place of the built-in one.
     *
     * @param extension without the dot, in any case
     * @param mediaType the whole value of Content-Type
     * @throws IllegalArgumentException if that is no extension
     */
    public Builder mediaType(String extension, String mediaType) {
      mediaTypes = mediaTypes.with(extension, mediaType);
      return this;
    }

    /** Whether compressed sidecars are looked for; at first yes. */
    public Builder sidecars(boolean on) {
      sidecars = on;
      return this;
    }

    /** Whether names that start with a dot are served like others; at first no. */
    public Builder hiddenFiles(boolean on) {
      hiddenFiles = on;
      return this;
    }

    /**
     * Whether symbolic links are followed, to targets below the root only; at first no. The root
     * itself may be a link either way, and may be pointed elsewhere while it is served.
     */
    public Builder symbolicLinks(boolean on) {
      symbolicLinks = on;
      return this;
    }

    /** Whether a directory without index file is answered with a list of it; at first no. */
    public Builder listings(boolean on) {
      listings = on;
      return this;
    }

    /** What caches may do with the files; at first they are told nothing, and guess. */
    public Builder cacheControl(CacheControl control) {
      cacheControl = control;
      return this;
    }

    /**
     * A field added to every answer of this mount, errors included.
     *
     * @throws IllegalArgumentException if name or value are malformed (RFC 9110 5.1, 5.5)
     */
    public Builder header(String name, String value) {
      headers.add(name, value);
      return this;
    }

    /**
     * A file of this mount to be the body of errors.
     *
     * @param status 400, 403 or 404: what becomes of a path
     * @param path below the root, not percent-encoded
     * @throws IllegalArgumentException if the status is another
     */
    public Builder errorDocument(int status, String path) {
      if (status != 400 && status != 403 && status != 404) {
        throw new IllegalArgumentException(
            "A document can be had for 400, 403 and 404; not for " + status);
      }
      errorDocuments.put(status, path);
      return this;
    }

    /**
     * The mount. Looks whether the directory is there, and so may block for a moment.
     *
     * @throws IllegalArgumentException if it is not
     */
    public FileMount build() {
      if (!Files.isDirectory(root)) {
        throw new IllegalArgumentException(
            "There is no directory " + root.toAbsolutePath() + " to serve files from");
      }
      return new FileMount(this);
    }
  }
}
