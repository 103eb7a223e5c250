package dev.weir.sniff;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One port, several roles, on simulated connections. */
class SniffingAcceptorTest {

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost server = net.host("server");
  private final Context context = server.context(1);
  private final Context clients = net.host("client").context(1);

  /** What the roles were told, in order. */
  private final List<String> told = new ArrayList<>();

  private final SniffingAcceptor acceptor =
      SniffingAcceptor.of(Sniffers.TLS, role("tls"))
          .then(Sniffers.HTTP_2, role("h2"))
          .then(Sniffers.HTTP_1, role("h1"))
          .otherwise(role("other"));

  @AfterEach
  void nothingIsLeft() {
    var over =
        CompletableFuture.allOf(context.shutdown(Duration.ZERO), clients.shutdown(Duration.ZERO));
    net.runUntilIdle();
    assertTrue(over.isDone());
    net.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "tls|\u0016\u0003\u0001\u0002\u0001\u0001",
        "h1|GET / HTTP/1.1",
        "h2|PRI * HTTP/2.0~~~~SM~~~~",
        "other|EHLO mail.example.org~~",
        "other|PRI * HTTP/2.1~~",
      })
  void theFirstThatKnowsTheBytesHasThemAll(String role, String first) {
    String bytes = first.replace("~~", "\r\n");
    listen(acceptor);
    Client client = connect(bytes);
    net.runUntil(() -> told.contains(role + " got " + bytes));
    assertEquals(List.of(role + " opened", role + " got " + bytes), told);
    client.end();
    net.runUntil(() -> client.closed);
    assertEquals(role + " ended", told.getLast());
  }

  @Test
  void bytesThatComeOneByOneAreEnough() {
    listen(acceptor);
    Client client = connect("");
    String bytes = "OPTIONS * HTTP/1.1\r\n";
    for (int n = 0; n < bytes.length(); n++) {
      client.send(bytes.substring(n, n + 1));
      net.run(Duration.ofMillis(100));
    }
    assertEquals("h1 opened", told.getFirst());
    assertEquals(bytes, got("h1"));
  }

  @Test
  void aRoleThatNeedsMoreKeepsTheOnesAfterItWaiting() {
    listen(
        SniffingAcceptor.of(Sniffers.prefix("abcd"), role("long"))
            .then(Sniffers.prefix("ab"), role("short")));
    Client client = connect("abc");
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(), told);
    client.send("x");
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of("short opened", "short got abcx"), told);
  }

  @Test
  void atTheTimeLimitWhoeverSaysYesToWhatIsThereHasIt() {
    listen(
        SniffingAcceptor.of(Sniffers.prefix("abcd"), role("long"))
            .then(Sniffers.prefix("ab"), role("short"))
            .timeLimit(Duration.ofSeconds(3)));
    Client client = connect("a");
    net.run(Duration.ofSeconds(1));
    client.send("b");
    net.run(Duration.ofMillis(1900));
    assertEquals(List.of(), told);
    net.run(Duration.ofMillis(200));
    assertEquals(List.of("short opened", "short got ab"), told);
  }

  @Test
  void unknownBytesWithoutARoleAreReset() {
    listen(SniffingAcceptor.of(Sniffers.TLS, role("tls")));
    Client client = connect("hello");
    net.runUntil(() -> client.closed);
    assertTrue(client.problem instanceof StreamException.Reset, () -> "was " + client.problem);
    assertEquals(List.of(), told);
  }

  @Test
  void aSilentConnectionIsResetAtTheTimeLimit() {
    listen(acceptor.timeLimit(Duration.ofSeconds(5)).otherwise(role("other")));
    Client client = connect("");
    net.run(Duration.ofMillis(4900));
    assertEquals(false, client.closed);
    net.run(Duration.ofMillis(200));
    assertEquals(true, client.closed);
    assertTrue(client.problem instanceof StreamException.Reset, () -> "was " + client.problem);
    assertEquals(List.of(), told);
  }

  @Test
  void theTimeLimitHasADefault() {
    listen(acceptor);
    Client client = connect("GE");
    net.run(SniffingAcceptor.TIME_LIMIT.minusMillis(100));
    assertEquals(List.of(), told);
    net.run(Duration.ofMillis(200));
    assertEquals(List.of("other opened", "other got GE"), told);
    assertEquals(false, client.closed);
  }

  @Test
  void aSilentConnectionGoesToTheRoleThatSpeaksFirst() {
    listen(acceptor.silentAfter(Duration.ofMillis(300), role("greeter")));
    Client client = connect("");
    net.run(Duration.ofMillis(290));
    assertEquals(List.of(), told);
    net.run(Duration.ofMillis(30));
    assertEquals(List.of("greeter opened"), told);
    client.send("hello");
    net.run(Duration.ofSeconds(30));
    assertEquals(List.of("greeter opened", "greeter got hello"), told);
  }

  @Test
  void oneByteEndsTheSilence() {
    listen(acceptor.silentAfter(Duration.ofMillis(300), role("greeter")));
    Client client = connect("G");
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(), told);
    client.send("ET / HTTP/1.1\r\n");
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of("h1 opened", "h1 got GET / HTTP/1.1\r\n"), told);
  }

  @Test
  void theClientsEndDecides() {
    listen(acceptor);
    Client client = connect("GE");
    client.end();
    net.runUntil(() -> client.closed);
    assertEquals(List.of("other opened", "other got GE", "other ended"), told);
  }

  @Test
  void aClientThatSaysNothingAtAllIsClosed() {
    listen(acceptor);
    Client client = connect("");
    client.end();
    net.runUntil(() -> client.closed);
    assertEquals(null, client.problem);
    assertEquals(List.of(), told);
  }

  @Test
  void atThePeekLimitNobodyIsAskedAnyMore() {
    listen(acceptor.peekLimit(50));
    connect("PROPFIND /" + "x".repeat(60) + " HTTP/1.1\r\n");
    net.run(Duration.ofSeconds(1));
    assertEquals("other opened", told.getFirst());
    assertEquals(10 + 60 + 11, got("other").length());
  }

  @Test
  void thePeekLimitHasADefault() {
    listen(acceptor);
    Client client = connect("PROPFIND /" + "x".repeat(SniffingAcceptor.PEEK_LIMIT - 11));
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of(), told);
    client.send("x");
    net.run(Duration.ofSeconds(1));
    assertEquals(SniffingAcceptor.PEEK_LIMIT, got("other").length());
  }

  @Test
  void aPeekLimitIsWithinWhatAHandlerMayLeave() {
    assertThrows(IllegalArgumentException.class, () -> acceptor.peekLimit(0));
    assertThrows(
        IllegalArgumentException.class, () -> acceptor.peekLimit(StreamHandler.MAX_LEFT + 1));
    acceptor.peekLimit(StreamHandler.MAX_LEFT);
  }

  @Test
  void aRoleMayRefuse() {
    listen(SniffingAcceptor.of(Sniffers.HTTP_1, stream -> null));
    Client client = connect("GET / HTTP/1.1\r\n");
    net.runUntil(() -> client.closed);
    assertTrue(client.problem instanceof StreamException.Reset);
  }

  @Test
  void aRoleThatFailsCostsItsOwnConnection() {
    listen(
        SniffingAcceptor.of(
                Sniffers.HTTP_1,
                stream -> {
                  throw new IllegalStateException("on purpose");
                })
            .silentAfter(
                Duration.ofMillis(10),
                stream -> {
                  throw new IllegalStateException("on purpose");
                }));
    Client loud = connect("GET / HTTP/1.1\r\n");
    Client silent = connect("");
    net.runUntil(() -> loud.closed && silent.closed);
    assertTrue(loud.problem instanceof StreamException.Reset);
    assertTrue(silent.problem instanceof StreamException.Reset);
  }

  // ---- what the tests share

  private void listen(StreamAcceptor listening) {
    context.listen(server.address(80), listening);
  }

  private Client connect(String first) {
    Client client = new Client(first);
    clients.connect(Endpoint.of(server.address(80)), client);
    net.runUntil(() -> client.stream != null);
    return client;
  }

  private String got(String role) {
    StringBuilder text = new StringBuilder();
    String prefix = role + " got ";
    told.stream()
        .filter(line -> line.startsWith(prefix))
        .forEach(line -> text.append(line, prefix.length(), line.length()));
    return text.toString();
  }

  private StreamAcceptor role(String name) {
    return accepted ->
        new StreamHandler() {
          @Override
          public void opened(ByteStream stream) {
            told.add(name + " opened");
          }

          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {
            told.add(name + " got " + ISO_8859_1.decode(bytes));
          }

          @Override
          public void ended(ByteStream stream) {
            told.add(name + " ended");
            stream.close();
          }
        };
  }

  /** Sends what it is told to. */
  private static final class Client implements StreamHandler {
    private final String first;
    @Nullable ByteStream stream;
    @Nullable WeirException problem;
    boolean closed;

    Client(String first) {
      this.first = first;
    }

    void send(String text) {
      stream.loop().execute(() -> stream.write(ISO_8859_1.encode(text)));
    }

    void end() {
      stream.loop().execute(stream::end);
    }

    @Override
    public void opened(ByteStream opened) {
      stream = opened;
      opened.write(ISO_8859_1.encode(first));
    }

    @Override
    public void received(ByteStream from, ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void closed(ByteStream was, @Nullable WeirException why) {
      closed = true;
      problem = why;
    }
  }
}
