package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HttpTimeouts;
import dev.weir.http.server.HttpServer;
import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.StreamAcceptor;
import dev.weir.net.Tls;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files on their way: handed to the system without TLS; with it read on the loop as far as the
 * system has them in memory, and by workers beyond.
 */
@ParameterizedClass
@CsvSource({"false, 0", "true, 0", "true, 100000", "true, 300000"})
class FileHandlerTest {

  private static final int SIZE = 300_000;
  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);
  private static final Identity IDENTITY =
      Identity.selfSigned(Instant.now(), Duration.ofDays(1), "server");
  private static final TlsServerContext SERVER = JSSE.server(TlsServerConfig.of(IDENTITY).build());

  private final boolean secure;
  private final HostConditions conditions;
  private final SimNetwork network = new SimNetwork(1);
  private final SimHost host = network.host("server");
  private final Context context = host.context(1);
  private final byte[] content = new byte[SIZE];
  @TempDir Path root;

  FileHandlerTest(boolean secure, long cached) {
    this.secure = secure;
    this.conditions = HostConditions.DEFAULT.withCached(cached);
    host.conditions(conditions);
  }

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(content);
    Files.write(root.resolve("file.bin"), content);
    Files.writeString(root.resolve("page.txt"), "plain");
    Files.writeString(root.resolve("page.txt.gz"), "zipped");
    serve(80, root);
  }

  private void serve(int port, Path directory) {
    StreamAcceptor http = HttpServer.of(FileHandler.of(directory)).acceptor();
    context.listen(host.address(port), secure ? Tls.server(JSSE, name -> SERVER, http) : http);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    context.close();
    network.runUntilIdle();
    assertEquals(0, openFiles(), "descriptors");
    assertEquals(0, host.openSockets(), "sockets");
    assertEquals(0, context.loop().timers(), "timers");
    assertEquals(0, context.loop().buffers().lent(), "buffers");
  }

  /** How many descriptors of this process are of the files that are served. */
  private long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (Files.notExists(descriptors)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(this::isServed).count();
    }
  }

  private boolean isServed(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(root.toRealPath());
    } catch (IOException e) {
      return false; // That of the listing itself, which is gone.
    }
  }

  private TestPeer ask(String method, String path, String... fields) {
    return ask(80, method, path, fields);
  }

  private TestPeer ask(int port, String method, String path, String... fields) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: server\r\n");
    for (int n = 0; n < fields.length; n += 2) {
      head.append(fields[n]).append(": ").append(fields[n + 1]).append("\r\n");
    }
    TestPeer peer = new TestPeer(network);
    network
        .host("client")
        .context(1)
        .connect(
            Endpoint.of(host.address(port)),
            secure
                ? Tls.client(
                    JSSE.client(TlsClientConfig.of(Trust.pinnedKey(IDENTITY.spkiSha256())).build()),
                    "server",
                    port,
                    peer)
                : peer);
    return peer.send(head.append("\r\n").toString());
  }

  private static String head(TestPeer peer, String status) {
    String head = peer.readThrough("\r\n\r\n");
    assertTrue(head.startsWith("HTTP/1.1 " + status), head);
    return head;
  }

  private static String field(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("none");
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(content, from, to);
  }

  @Test
  void arriveWhole() {
    TestPeer peer = ask("GET", "/file.bin");

    assertEquals("" + SIZE, field(head(peer, "200 OK"), "Content-Length"));
    peer.expect(content).close();
  }

  /** As the pages of an application do that is one file. */
  @Test
  void arriveOutOfAnArchive() throws IOException {
    Path archive = root.resolve("site.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Files.write(zip.getPath("/file.bin"), content);
      Files.writeString(zip.getPath("/index.html"), "archived");
      serve(81, zip.getPath("/"));
      TestPeer peer = ask(81, "GET", "/file.bin");
      peer.send("GET / HTTP/1.1\r\nHost: server\r\n\r\n");
      peer.send("GET /none HTTP/1.1\r\nHost: server\r\n\r\n");

      head(peer, "200 OK");
      peer.expect(content);
      head(peer, "200 OK");
      peer.expect("archived");
      head(peer, "404 Not Found");
      peer.close();
      network.runUntilIdle();
    }
  }

  @Test
  void arriveOneAfterTheOther() {
    TestPeer peer = ask("GET", "/file.bin").send("GET /page.txt HTTP/1.1\r\nHost: server\r\n\r\n");

    head(peer, "200 OK");
    peer.expect(content);
    head(peer, "200 OK");
    peer.expect("plain").close();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=100-299, 100, 300",
    "bytes=299990-, 299990, 300000",
    "bytes=-7, 299993, 300000",
    "bytes=5-999999, 5, 300000",
  })
  void arriveInPart(String range, int from, int to) {
    TestPeer peer = ask("GET", "/file.bin", "Range", range);

    String head = head(peer, "206 Partial Content");
    assertEquals("bytes " + from + "-" + (to - 1) + "/" + SIZE, field(head, "Content-Range"));
    assertEquals("" + (to - from), field(head, "Content-Length"));
    peer.expect(part(from, to)).close();
  }

  @Test
  void arriveInSeveralParts() throws IOException {
    TestPeer peer = ask("GET", "/file.bin", "Range", "bytes=0-9,100000-199999,-1");

    String head = head(peer, "206 Partial Content");
    String type = field(head, "Content-Type");
    String boundary = type.substring("multipart/byteranges; boundary=".length());
    byte[] body = peer.readBytes(Integer.parseInt(field(head, "Content-Length")));
    var expected = new ByteArrayOutputStream();
    for (int[] range : new int[][] {{0, 10}, {100_000, 200_000}, {SIZE - 1, SIZE}}) {
      String before = expected.size() == 0 ? "" : "\r\n";
      expected.writeBytes(
          (before
                  + "--"
                  + boundary
                  + "\r\nContent-Type: application/octet-stream\r\n"
                  + "Content-Range: bytes "
                  + range[0]
                  + "-"
                  + (range[1] - 1)
                  + "/"
                  + SIZE
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      expected.writeBytes(part(range[0], range[1]));
    }
    expected.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
    assertArrayEquals(expected.toByteArray(), body);
    peer.close();
  }

  @Test
  void arriveInPartOnlyIfTheyAreStillTheSame() {
    TestPeer first = ask("HEAD", "/file.bin");
    String tag = field(head(first, "200 OK"), "ETag");
    first.close();

    TestPeer same = ask("GET", "/file.bin", "Range", "bytes=0-1", "If-Range", tag);
    head(same, "206 Partial Content");
    same.expect(part(0, 2)).close();
    TestPeer other = ask("GET", "/file.bin", "Range", "bytes=0-1", "If-Range", "\"other\"");
    head(other, "200 OK");
    other.expect(content).close();
    TestPeer known = ask("GET", "/file.bin", "If-None-Match", tag);
    head(known, "304 Not Modified");
    known.expectSilence(Duration.ofSeconds(1)).close();
  }

  @Test
  void areNotSentForHead() {
    TestPeer peer = ask("HEAD", "/file.bin");

    assertEquals("" + SIZE, field(head(peer, "200 OK"), "Content-Length"));
    peer.expectSilence(Duration.ofSeconds(1)).close();
  }

  @Test
  void haveNoPartBehindTheirEnd() {
    TestPeer peer = ask("GET", "/file.bin", "Range", "bytes=300000-");

    String head = head(peer, "416 Range Not Satisfiable");
    assertEquals("bytes */" + SIZE, field(head, "Content-Range"));
    peer.close();
  }

  @Test
  void giveWayToTheirSidecars() {
    TestPeer zipped = ask("GET", "/page.txt", "Accept-Encoding", "gzip");

    String head = head(zipped, "200 OK");
    assertEquals("gzip", field(head, "Content-Encoding"));
    assertEquals("accept-encoding", field(head, "Vary").toLowerCase(Locale.ROOT));
    zipped.expect("zipped").close();
    TestPeer plain = ask("GET", "/page.txt");
    assertEquals("none", field(head(plain, "200 OK"), "Content-Encoding"));
    plain.expect("plain").close();
  }

  @Test
  void thatShrinkOnTheirWayEndTheConnection() throws IOException {
    smallBuffers();
    TestPeer peer = ask("GET", "/file.bin");
    head(peer, "200 OK");
    peer.pause();
    network.run(Duration.ofSeconds(1));

    try (var file = FileChannel.open(root.resolve("file.bin"), StandardOpenOption.WRITE)) {
      file.truncate(SIZE - 1);
    }
    peer.resume().expectReset();
    assertTrue(peer.available() < SIZE, "the client must not take this for the whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-200000,200002-"})
  void areClosedWhenTheClientLeavesInTheMiddle(String range) throws IOException {
    smallBuffers();
    TestPeer peer = ask("GET", "/file.bin", "Range", range);
    head(peer, "206 Partial Content");
    peer.pause();
    network.run(Duration.ofSeconds(1));
    assertEquals(1, openFiles());

    peer.reset();
    network.run(Duration.ofSeconds(1));
    assertEquals(0, openFiles());
  }

  @Test
  void areNotMissedByAClientThatLeaves() {
    List<LogRecord> logged = new ArrayList<>();
    Handler collector = new Collector(logged);
    Logger logger = Logger.getLogger("dev.weir.http");
    logger.addHandler(collector);
    try {
      smallBuffers();
      TestPeer peer = ask("GET", "/file.bin");
      head(peer, "200 OK");
      peer.reset();
      network.run(Duration.ofSeconds(1));
    } finally {
      logger.removeHandler(collector);
    }
    assertEquals(List.of(), logged.stream().map(LogRecord::getMessage).toList());
  }

  /** What is worth more than a word to those who look for it. */
  private static final class Collector extends Handler {
    private final List<LogRecord> logged;

    Collector(List<LogRecord> logged) {
      this.logged = logged;
      setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord line) {
      if (isLoggable(line)) {
        logged.add(line);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void areClosedWhenTheClientLeavesBeforeTheyAreOpen() {
    TestPeer peer = ask("GET", "/file.bin");
    network.runUntil(() -> peer.stream() != null);
    peer.reset();
    network.run(Duration.ofSeconds(1));
  }

  @Test
  void areClosedWhenTheClientTakesNothing() throws IOException {
    smallBuffers();
    TestPeer peer = ask("GET", "/file.bin");
    head(peer, "200 OK");
    peer.pause();

    network.run(HttpTimeouts.DEFAULTS.send().minusSeconds(1));
    assertEquals(1, openFiles());
    network.run(Duration.ofSeconds(2));
    assertEquals(0, openFiles());
    peer.resume().expectReset();
  }

  private void smallBuffers() {
    HostConditions small = conditions.withBuffers(5000, 5000);
    host.conditions(small);
    network.host("client").conditions(small);
  }
}
