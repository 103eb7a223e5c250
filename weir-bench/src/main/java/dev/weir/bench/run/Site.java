package dev.weir.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What every server serves: a directory with a certificate, its key, and the files, made anew for
 * each run.
 */
public final class Site implements AutoCloseable {
  static final int FILE_BYTES = 1 << 20;
  static final int LARGE_BYTES = 100_000;
  static final String HELLO = "Hello, World!";

  private final Path directory;

  private Site(Path directory) {
    this.directory = directory;
  }

  /** Makes it, with openssl. */
  public static Site make() throws IOException {
    Path directory = Files.createTempDirectory("weir-bench");
    var site = new Site(directory);
    Path www = Files.createDirectories(site.www());
    var random = new Random(1);
    byte[] file = new byte[FILE_BYTES];
    random.nextBytes(file);
    Files.write(site.upload(), file);
    Files.write(www.resolve("100k"), "x".repeat(LARGE_BYTES).getBytes(StandardCharsets.US_ASCII));
    Files.writeString(www.resolve("index.html"), HELLO);
    String cert = site.certificate().toString();
    String key = site.key().toString();
    Commands.run(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout",
            key,
            "-out",
            cert));
    Commands.run(
        List.of(
            "openssl",
            "pkcs12",
            "-export",
            "-in",
            cert,
            "-inkey",
            key,
            "-name",
            "bench",
            "-passout",
            "pass:weirbench",
            "-out",
            directory.resolve("store.p12").toString()));
    return site;
  }

  Path directory() {
    return directory;
  }

  /** The directory of static files: {@code file}, {@code 100k}, {@code index.html}. */
  Path www() {
    return directory.resolve("www");
  }

  /** A file of {@link #FILE_BYTES}, to be sent. */
  Path upload() {
    return www().resolve("file");
  }

  Path certificate() {
    return directory.resolve("cert.pem");
  }

  Path key() {
    return directory.resolve("key.pem");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Site::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
