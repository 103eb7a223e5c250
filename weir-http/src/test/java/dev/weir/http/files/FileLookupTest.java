package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Method;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLookupTest {
  private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir Path dir;
  private Path root;

  /** A root with a bit of everything, beside a secret that must not be reached. */
  @BeforeEach
  void plant() throws IOException {
    dir = dir.toRealPath();
    root = dir.resolve("www");
    write("www/index.html", "index");
    write("www/page.html", "page");
    write("www/a b.txt", "space");
    write("www/sub/index.html", "sub index");
    write("www/sub/deep/file.txt", "deep");
    write("www/bare/file.txt", "bare");
    write("www/.hidden", "hidden");
    write("www/.git/config", "git");
    write("www/.well-known/token", "token");
    write("www/404.html", "nothing here");
    write("www2/secret.txt", "secret of a neighbour whose name starts alike");
    write("secret.txt", "secret");
    Files.createSymbolicLink(root.resolve("link-in.html"), Path.of("page.html"));
    Files.createSymbolicLink(root.resolve("link-out.txt"), Path.of("../secret.txt"));
    Files.createSymbolicLink(root.resolve("link-dir-in"), Path.of("sub"));
    Files.createSymbolicLink(root.resolve("link-dir-out"), dir);
    Files.createSymbolicLink(root.resolve("link-alike"), dir.resolve("www2"));
    Files.createSymbolicLink(root.resolve("link-broken"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("link-loop"), Path.of("link-loop"));
  }

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static FileRequest request(String path, String... fields) {
    return FileRequest.read(Method.GET, path, null, path, Headers.of(fields), Instant.EPOCH);
  }

  private static Finding find(FileMount mount, String path, String... fields) throws IOException {
    return new FileLookup(mount).find(request(path, fields));
  }

  private String describe(Finding finding) throws IOException {
    return switch (finding) {
      case Finding.Found(var file) -> Files.readString(file.path());
      case Finding.NeedsSlash() -> "slash";
      case Finding.Listing(var entries, var truncated) -> "list";
      case Finding.Failed(var status, var reason, var document) -> Integer.toString(status.code());
    };
  }

  @ParameterizedTest
  @CsvSource({
    "/, index",
    "/index.html, index",
    "/page.html, page",
    "//page.html, page",
    "/./page.html, page",
    "/page%2Ehtml, page",
    "/a%20b.txt, space",
    "/sub/, sub index",
    "/sub, slash",
    "/sub/deep, slash",
    "/sub/deep/file.txt, deep",
    "/.well-known/token, token",
    // nothing there
    "/nothing, 404",
    "/nothing/, 404",
    "/page.html/, 404",
    "/page.html/x, 404",
    "/PAGE.HTML, 404",
    "/caf%65%CC%81.txt, 404",
    "/link-broken, 404",
    "/link-loop, 404",
    // not to be shown
    "/.hidden, 404",
    "/.git/config, 404",
    "/.git, 404",
    "/bare/, 403",
    "/sub/deep/, 403",
    // out of the root
    "/../secret.txt, 400",
    "/%2e%2e/secret.txt, 400",
    "/..%2fsecret.txt, 400",
    "/sub/../../secret.txt, 400",
    "/page.html%00, 400",
    // links are not followed at all
    "/link-in.html, 403",
    "/link-out.txt, 403",
    "/link-dir-in/index.html, 403",
    "/link-dir-in/, 403",
    "/link-dir-out/secret.txt, 403",
    "/link-alike/secret.txt, 403",
  })
  void finds(String path, String expected) throws IOException {
    assertEquals(expected, describe(find(FileMount.of(root), path)));
  }

  @ParameterizedTest
  @CsvSource({
    "/link-in.html, page",
    "/link-dir-in/index.html, sub index",
    "/link-dir-in/, sub index",
    "/link-dir-in, slash",
    "/link-out.txt, 403",
    "/link-dir-out/secret.txt, 403",
    "/link-dir-out/, 403",
    "/link-alike/secret.txt, 403",
    "/link-broken, 404",
    "/link-loop, 404",
    "/page.html, page",
  })
  void followsLinksInsideTheRootIfTold(String path, String expected) throws IOException {
    var mount = FileMount.builder(root).symbolicLinks(true).build();
    assertEquals(expected, describe(find(mount, path)));
  }

  @Test
  void showsHiddenFilesIfTold() throws IOException {
    var mount = FileMount.builder(root).hiddenFiles(true).build();
    assertEquals("hidden", describe(find(mount, "/.hidden")));
    assertEquals("git", describe(find(mount, "/.git/config")));
  }

  @Test
  void nameTooLongForTheFileSystemIsNotThere() throws IOException {
    assertEquals("404", describe(find(FileMount.of(root), "/" + "x".repeat(5000))));
  }

  /** In the POSIX locale the JVM has no file names but ASCII: the others are not there. */
  @Test
  void findsNamesInUtf8WhereTheJvmCan() throws IOException {
    boolean able =
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('\u00e9');
    if (able) {
      write("www/caf\u00e9.txt", "accent");
    }
    assertEquals(able ? "accent" : "404", describe(find(FileMount.of(root), "/caf%C3%A9.txt")));
  }

  @Test
  void rootMayBeALinkThatIsPointedElsewhere() throws IOException {
    Path current = Files.createSymbolicLink(dir.resolve("current"), root);
    var mount = FileMount.of(current);
    assertEquals("page", describe(find(mount, "/page.html")));
    Files.delete(current);
    Files.createSymbolicLink(current, dir.resolve("www2"));
    assertEquals("404", describe(find(mount, "/page.html")));
    assertTrue(describe(find(mount, "/secret.txt")).startsWith("secret of a neighbour"));
  }

  @Test
  void mountPrefixItselfNeedsASlash() throws IOException {
    var lookup = new FileLookup(FileMount.of(root));
    var bare = FileRequest.read(Method.GET, "/docs", null, "", Headers.create(), Instant.EPOCH);
    assertInstanceOf(Finding.NeedsSlash.class, lookup.find(bare));
    var slash = FileRequest.read(Method.GET, "/docs/", null, "", Headers.create(), Instant.EPOCH);
    assertEquals("index", describe(lookup.find(slash)));
  }

  @Test
  void takesTheFirstIndexThatExists() throws IOException {
    write("www/bare/default.htm", "default");
    var mount = FileMount.builder(root).index("home.html", "default.htm", "index.html").build();
    assertEquals("default", describe(find(mount, "/bare/")));
    assertEquals("index", describe(find(mount, "/")));
    var none = FileMount.builder(root).index().build();
    assertEquals("403", describe(find(none, "/")));
  }

  @Test
  void indexThatIsALinkOutOrADirectoryDoesNotCount() throws IOException {
    Files.createSymbolicLink(root.resolve("bare/index.html"), dir.resolve("secret.txt"));
    assertEquals("403", describe(find(FileMount.of(root), "/bare/")));
    Files.delete(root.resolve("bare/index.html"));
    Files.createDirectory(root.resolve("bare/index.html"));
    assertEquals("403", describe(find(FileMount.of(root), "/bare/")));
  }

  @Test
  void pipeIsNotOpened() throws IOException, InterruptedException {
    var made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor();
    assertEquals(0, made);
    assertEquals("403", describe(find(FileMount.of(root), "/pipe")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip, deflate, br, zstd | .br
          gzip, zstd              | .zst
          gzip                    | .gz
          gzip;q=1, br;q=0.5      | .gz
          deflate                 | ''
          identity                | ''
          *                       | .br
          *;q=0                   | ''
          ''                      | ''
          """)
  void choosesTheSidecarThatTheClientLikesBest(String accepted, String suffix) throws IOException {
    for (String each : List.of("", ".br", ".zst", ".gz")) {
      Files.setLastModifiedTime(write("www/app.js" + each, "app" + each), FileTime.from(EARLIER));
    }
    var found =
        assertInstanceOf(
            Finding.Found.class, find(FileMount.of(root), "/app.js", "Accept-Encoding", accepted));
    assertEquals(root.resolve("app.js" + suffix), found.file().path());
    assertEquals("text/javascript; charset=utf-8", found.file().mediaType());
    assertEquals(suffix.isEmpty(), found.file().coding() == null);
  }

  @Test
  void everyCodingHasATagOfItsOwn() throws IOException {
    write("www/app.js", "same");
    write("www/app.js.gz", "same");
    var plain = (Finding.Found) find(FileMount.of(root), "/app.js");
    var gzip = (Finding.Found) find(FileMount.of(root), "/app.js", "Accept-Encoding", "gzip");
    assertNotEquals(plain.file().tag(), gzip.file().tag());
    assertTrue(gzip.file().tag().opaque().endsWith("-gzip"));
  }

  @Test
  void passesOverSidecarsThatAreStaleOrLinksOrDirectories() throws IOException {
    Files.setLastModifiedTime(write("www/app.js", "new"), FileTime.from(LATER));
    Files.setLastModifiedTime(write("www/app.js.gz", "old"), FileTime.from(EARLIER));
    Files.createSymbolicLink(root.resolve("app.js.br"), dir.resolve("secret.txt"));
    Files.createDirectory(root.resolve("app.js.zst"));
    assertEquals(
        "new", describe(find(FileMount.of(root), "/app.js", "Accept-Encoding", "gzip, br, zstd")));
  }

  @Test
  void looksForNoSidecarOfAnImageOrIfToldNotTo() throws IOException {
    write("www/logo.png", "png");
    write("www/logo.png.gz", "gz");
    write("www/app.js", "js");
    write("www/app.js.gz", "gz");
    assertEquals("png", describe(find(FileMount.of(root), "/logo.png", "Accept-Encoding", "gzip")));
    var off = FileMount.builder(root).sidecars(false).build();
    assertEquals("js", describe(find(off, "/app.js", "Accept-Encoding", "gzip")));
    assertEquals("gz", describe(find(off, "/app.js.gz")));
  }

  @Test
  void tagChangesWhenTheFileIsReplacedByOneThatLooksAlike() throws IOException {
    FileTime time = FileTime.from(EARLIER);
    Files.setLastModifiedTime(root.resolve("page.html"), time);
    var before = (Finding.Found) find(FileMount.of(root), "/page.html");
    assertEquals(
        before.file().tag(), ((Finding.Found) find(FileMount.of(root), "/page.html")).file().tag());
    Path other = write("www/other", "PAGE");
    Files.setLastModifiedTime(other, time);
    Files.move(other, root.resolve("page.html"), StandardCopyOption.ATOMIC_MOVE);
    var after = (Finding.Found) find(FileMount.of(root), "/page.html");
    assertEquals(before.file().size(), after.file().size());
    assertEquals(before.file().modified(), after.file().modified());
    assertNotEquals(before.file().tag(), after.file().tag());
  }

  @Test
  void listsWhatItWouldServe() throws IOException {
    var mount = FileMount.builder(root).listings(true).index().build();
    var listing = assertInstanceOf(Finding.Listing.class, find(mount, "/"));
    assertEquals(
        List.of("bare", "sub", "404.html", "a b.txt", "index.html", "page.html"),
        listing.entries().stream().map(Finding.Entry::name).toList());
    assertTrue(listing.entries().getFirst().directory());
    assertEquals(4, listing.entries().getLast().size());
  }

  @Test
  void listsHiddenFilesAndLinksIfItServesThem() throws IOException {
    var mount =
        FileMount.builder(root)
            .listings(true)
            .hiddenFiles(true)
            .symbolicLinks(true)
            .index()
            .build();
    var listing = assertInstanceOf(Finding.Listing.class, find(mount, "/"));
    assertEquals(
        List.of(
            ".git",
            ".well-known",
            "bare",
            "link-dir-in",
            "sub",
            ".hidden",
            "404.html",
            "a b.txt",
            "index.html",
            "link-in.html",
            "page.html"),
        listing.entries().stream().map(Finding.Entry::name).toList());
  }

  @Test
  void listIsBounded() throws IOException {
    Path many = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i <= FileLookup.MAX_LISTED; i++) {
      Files.createFile(many.resolve("f" + i));
    }
    var mount = FileMount.builder(root).listings(true).build();
    var listing = assertInstanceOf(Finding.Listing.class, find(mount, "/many/"));
    assertTrue(listing.truncated());
    assertEquals(FileLookup.MAX_LISTED, listing.entries().size());
  }

  @Test
  void indexComesBeforeAList() throws IOException {
    var mount = FileMount.builder(root).listings(true).build();
    assertEquals("index", describe(find(mount, "/")));
    assertEquals("list", describe(find(mount, "/bare/")));
  }

  @Test
  void findsTheDocumentForAnError() throws IOException {
    var mount =
        FileMount.builder(root)
            .errorDocument(404, "404.html")
            .errorDocument(403, "missing.html")
            .errorDocument(400, "../secret.txt")
            .build();
    var missing = assertInstanceOf(Finding.Failed.class, find(mount, "/nothing"));
    assertNotNull(missing.document());
    assertEquals("nothing here", Files.readString(missing.document().path()));
    assertNull(assertInstanceOf(Finding.Failed.class, find(mount, "/bare/")).document());
    assertNull(assertInstanceOf(Finding.Failed.class, find(mount, "/..")).document());
  }

  @Test
  void mountNeedsADirectory() {
    assertThrows(IllegalArgumentException.class, () -> FileMount.of(dir.resolve("nowhere")));
    assertThrows(IllegalArgumentException.class, () -> FileMount.of(root.resolve("page.html")));
    assertThrows(
        IllegalArgumentException.class,
        () -> FileMount.builder(root).errorDocument(500, "404.html"));
  }

  @Test
  void rootThatWentAwayIsTrouble() {
    var mount = FileMount.of(dir.resolve("www2"));
    assertThrows(
        IOException.class,
        () -> {
          Files.delete(dir.resolve("www2/secret.txt"));
          Files.delete(dir.resolve("www2"));
          find(mount, "/secret.txt");
        });
  }
}
