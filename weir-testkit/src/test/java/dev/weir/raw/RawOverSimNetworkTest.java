package dev.weir.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.net.Context;
import dev.weir.net.Endpoint;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The raw role's conveniences on a simulated network. */
class RawOverSimNetworkTest {

  private final SimNetwork net = new SimNetwork(7);
  private final SimHost server = net.host("server");
  private final SimHost middle = net.host("middle");
  private final Context serving = server.context(1);
  private final Context relaying = middle.context(1);
  private final Context clients = net.host("client").context(1);

  @AfterEach
  void nothingIsLeft() {
    var over =
        CompletableFuture.allOf(
            serving.shutdown(Duration.ZERO),
            relaying.shutdown(Duration.ZERO),
            clients.shutdown(Duration.ZERO));
    net.runUntilIdle();
    assertTrue(over.isDone());
    net.assertNothingLeft();
  }

  // ---- futures

  @Test
  void theFutureHasTheStreamAfterTheHandlerWasTold() {
    serving.listen(server.address(1), stream -> new Sink());
    Sink sink = new Sink();
    var opened =
        Raw.connect(clients, Endpoint.of(server.address(1)), sink).thenApply(s -> sink.told());
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of("opened"), opened.join());
  }

  @Test
  void theFutureSaysWhyThereIsNone() {
    Sink sink = new Sink();
    var opened = Raw.connect(clients, Endpoint.of(server.address(1)), sink);
    net.run(Duration.ofSeconds(20));
    CompletionException e = assertThrows(CompletionException.class, opened::join);
    assertInstanceOf(StreamException.ConnectFailed.class, e.getCause());
    assertSame(e.getCause(), sink.problem);
    assertEquals(List.of("closed"), sink.told());
  }

  @Test
  void datagramsComeAsAFutureToo() {
    List<String> got = new ArrayList<>();
    var here =
        Raw.datagrams(
            serving,
            server.address(9),
            null,
            (datagrams, data, from) -> got.add(ISO_8859_1.decode(data).toString()));
    var there = Raw.datagrams(clients, null, server.address(9), (datagrams, data, from) -> {});
    net.run(Duration.ofSeconds(1));
    var socket = there.join();
    assertEquals(9, ((java.net.InetSocketAddress) here.join().local()).getPort());
    socket.loop().execute(() -> socket.send(ISO_8859_1.encode("hi"), null));
    net.run(Duration.ofSeconds(1));
    assertEquals(List.of("hi"), got);
  }

  // ---- lines

  @Test
  void linesComeWholeHoweverTheyAreCut() {
    List<String> lines = new ArrayList<>();
    serving.listen(server.address(1), stream -> new Listening(lines, 20));
    send("one\ntwo\r\n\n\r\nünf\nno end", 1);
    assertEquals(List.of("one", "two", "", "", "ünf"), lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void theLongestLineIsAllowed(String end) {
    List<String> lines = new ArrayList<>();
    serving.listen(server.address(1), stream -> new Listening(lines, 5));
    send("12345" + end + "1234" + end, 1);
    assertEquals(List.of("12345", "1234"), lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456\n", "123456\r\n", "1234567", "ok\n123456\n"})
  void aLineThatIsTooLongIsReset(String text) {
    List<String> lines = new ArrayList<>();
    serving.listen(server.address(1), stream -> new Listening(lines, 5));
    Sink sink = send(text, 3);
    assertInstanceOf(StreamException.Reset.class, sink.problem);
    assertTrue(lines.size() <= 1, () -> "were " + lines);
  }

  @Test
  void aLengthOfLinesFitsWhatMayBeLeft() {
    assertThrows(IllegalArgumentException.class, () -> new Listening(List.of(), 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Listening(List.of(), StreamHandler.MAX_LEFT - 1));
  }

  // ---- relay

  @Test
  void aRelayPassesEverythingOnBothWaysAndBothEnds() {
    byte[] bytes = new byte[500_000];
    new Random(1).nextBytes(bytes);
    serving.listen(server.address(1), stream -> new Echo());
    relayTo(1);
    Sender sender = new Sender(bytes);
    clients.connect(Endpoint.of(middle.address(2)), sender);
    net.runUntil(() -> sender.told().contains("closed"));
    assertArrayEquals(bytes, sender.bytes());
    assertEquals(null, sender.problem);
    net.runUntilIdle();
    assertEquals(0, relaying.connections());
  }

  @Test
  void aRelayBreaksTheOneWhenTheOtherBreaks() {
    serving.listen(
        server.address(1),
        stream ->
            (StreamHandler)
                (broken, bytes) -> {
                  bytes.position(bytes.limit());
                  broken.reset(-1);
                });
    relayTo(1);
    Sink sink = new Sink();
    Raw.connect(clients, Endpoint.of(middle.address(2)), sink)
        .thenAccept(stream -> stream.write(ISO_8859_1.encode("x")))
        .exceptionally(e -> null);
    net.runUntil(() -> sink.told().contains("closed"));
    assertInstanceOf(StreamException.Reset.class, sink.problem);
    net.runUntilIdle();
    assertEquals(0, relaying.connections());
  }

  @Test
  void aSlowReaderStallsTheSenderAndNotTheRelaysHeap() {
    CompletableFuture<ByteStream> stalled = new CompletableFuture<>();
    Sink slow =
        new Sink() {
          @Override
          public void opened(ByteStream stream) {
            stream.pause();
            stalled.complete(stream);
          }
        };
    serving.listen(server.address(1), stream -> slow);
    relayTo(1);
    Sender sender = new Sender(new byte[20_000_000]);
    clients.connect(Endpoint.of(middle.address(2)), sender);
    net.run(Duration.ofMinutes(1));
    long moved = relaying.traffic().in();
    assertTrue(moved < 2_000_000, () -> moved + " bytes went into the relay");
    stalled.join().loop().execute(stalled.join()::resume);
    net.runUntil(() -> slow.told().contains("ended"));
    assertEquals(20_000_000, slow.bytes().length);
  }

  private void relayTo(int port) {
    relaying.listen(
        middle.address(2),
        accepted ->
            new Sink() {
              @Override
              public void opened(ByteStream one) {
                one.pause();
                relaying.connect(
                    Endpoint.of(server.address(port)),
                    new Sink() {
                      @Override
                      public void opened(ByteStream two) {
                        Relay.join(one, two);
                        one.resume();
                      }
                    });
              }
            });
  }

  // ---- what the tests share

  private Sink send(String text, int piece) {
    Sink sink = new Sink();
    CompletableFuture<ByteStream> opened =
        Raw.connect(clients, Endpoint.of(server.address(1)), sink);
    net.runUntil(opened::isDone);
    ByteStream stream = opened.join();
    byte[] bytes = text.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += piece) {
      ByteBuffer some = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      stream.loop().execute(() -> stream.write(some));
      net.run(Duration.ofMillis(50));
    }
    net.run(Duration.ofSeconds(1));
    return sink;
  }

  private static final class Listening extends Lines {
    private final List<String> lines;

    Listening(List<String> lines, int maxLength) {
      super(maxLength);
      this.lines = lines;
    }

    @Override
    protected void line(ByteStream stream, String line) {
      lines.add(line);
    }
  }

  private static class Sink implements StreamHandler {
    private final List<String> told = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    @Nullable WeirException problem;

    List<String> told() {
      return List.copyOf(told);
    }

    byte[] bytes() {
      return received.toByteArray();
    }

    @Override
    public void opened(ByteStream stream) {
      told.add("opened");
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      received.writeBytes(copy);
    }

    @Override
    public void ended(ByteStream stream) {
      told.add("ended");
      stream.close();
    }

    @Override
    public void closed(ByteStream stream, @Nullable WeirException why) {
      told.add("closed");
      problem = why;
    }
  }

  /** Sends everything and ends. */
  private static final class Sender extends Sink {
    private final ByteBuffer toSend;

    Sender(byte[] bytes) {
      toSend = ByteBuffer.wrap(bytes);
    }

    @Override
    public void opened(ByteStream stream) {
      writable(stream);
    }

    @Override
    public void writable(ByteStream stream) {
      stream.write(toSend);
      if (toSend.hasRemaining()) {
        stream.wantWritable();
      } else {
        stream.end();
      }
    }
  }

  private static final class Echo implements StreamHandler {
    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      stream.write(bytes);
      if (bytes.hasRemaining()) {
        stream.pause();
        stream.wantWritable();
      }
    }

    @Override
    public void writable(ByteStream stream) {
      stream.resume();
    }
  }
}
