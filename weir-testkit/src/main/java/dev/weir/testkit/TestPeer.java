package dev.weir.testkit;

import dev.weir.net.Endpoint;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer that does what a test says, byte by byte: it sends, and expects bytes, an end or a cut.
 * Each expectation runs the network until it is met, and fails when nothing more happens.
 *
 * <pre>{@code
 * TestPeer.connect(net, "client", server.address(80))
 *     .send("GET / HTTP/1.1\r\nHost: server\r\n\r\n")
 *     .expect("HTTP/1.1 200 OK\r\n")
 *     .close();
 * }</pre>
 *
 * <p>Text is ISO 8859-1: a character is a byte. Used on the network's thread, between its runs.
 */
public final class TestPeer implements StreamHandler {

  private final SimNetwork network;
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private final ByteQueue toSend = new ByteQueue();
  private @Nullable ByteStream stream;
  private @Nullable WeirException problem;
  private int taken;
  private boolean ending;
  private boolean closing;
  private boolean ended;
  private boolean closed;

  /** A peer that is to be given a stream: the handler of whoever opens one. */
  public TestPeer(SimNetwork network) {
    this.network = network;
  }

  /** A peer that connects from a host, and is connected when this returns. */
  public static TestPeer connect(SimNetwork network, String fromHost, InetSocketAddress to) {
    TestPeer peer = new TestPeer(network);
    network.host(fromHost).context(1).connect(Endpoint.of(to), peer);
    network.runUntil(() -> peer.stream != null || peer.closed);
    peer.check(peer.stream != null, "cannot connect to " + to);
    return peer;
  }

  /** A peer that will accept one connection on a port of a host, and refuse any other. */
  public static TestPeer listen(SimNetwork network, String host, int port) {
    TestPeer peer = new TestPeer(network);
    SimHost at = network.host(host);
    boolean[] taken = {false};
    at.context(1)
        .listen(
            at.address(port),
            stream -> {
              boolean first = !taken[0];
              taken[0] = true;
              return first ? peer : null;
            });
    return peer;
  }

  // ---- what it does

  /** Sends text. */
  public TestPeer send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public TestPeer send(byte[] bytes) {
    if (bytes.length > 0) {
      toSend.add(ByteBuffer.wrap(bytes), bytes.length);
    }
    return onLoop(this::write);
  }

  /**
   * Sends bytes one by one, so long apart that each travels alone, and waits until all have left.
   */
  public TestPeer sendSlowly(byte[] bytes, Duration apart) {
    for (byte one : bytes) {
      send(new byte[] {one});
      network.run(apart);
    }
    return this;
  }

  /** Ends its direction after what was sent. */
  public TestPeer end() {
    ending = true;
    return onLoop(this::write);
  }

  /** Closes in order after what was sent. */
  public TestPeer close() {
    closing = true;
    return onLoop(this::write);
  }

  /** Cuts the connection. */
  public TestPeer reset() {
    return onLoop(its -> its.reset(-1));
  }

  /** Stops reading. */
  public TestPeer pause() {
    return onLoop(ByteStream::pause);
  }

  /** Reads on. */
  public TestPeer resume() {
    return onLoop(ByteStream::resume);
  }

  // ---- what it expects

  /** Expects this text next. */
  public TestPeer expect(String text) {
    String got = read(text.length());
    check(got.equals(text), "expected " + quoted(text) + ", got " + quoted(got));
    return this;
  }

  /** Expects these bytes next. */
  public TestPeer expect(byte[] bytes) {
    byte[] got = readBytes(bytes.length);
    int difference = Arrays.mismatch(bytes, got);
    check(difference < 0, "a byte at " + difference + " differs from what was expected");
    return this;
  }

  /** The next so many characters, once they have come. */
  public String read(int length) {
    return new String(readBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** The next so many bytes, once they have come. */
  public byte[] readBytes(int length) {
    await(() -> arrived.size() - taken >= length || ended || closed);
    check(arrived.size() - taken >= length, "expected " + length + " more bytes");
    taken += length;
    return Arrays.copyOfRange(arrived.toByteArray(), taken - length, taken);
  }

  /** What comes up to and with {@code end}. */
  public String readThrough(String end) {
    await(() -> find(end) >= 0 || ended || closed);
    int at = find(end);
    check(at >= 0, "expected " + quoted(end));
    return read(at - taken + end.length());
  }

  /** All that comes until the other side ends or cuts. */
  public String readAll() {
    await(() -> ended || closed);
    return read(arrived.size() - taken);
  }

  /** Expects that the other side sends nothing for so long, nor ends or cuts. */
  public TestPeer expectSilence(Duration length) {
    boolean hadEnded = ended;
    network.run(length);
    check(taken == arrived.size() && ended == hadEnded && !closed, "expected silence");
    return this;
  }

  /** Expects that the other side ends its direction, and that nothing more comes before. */
  public TestPeer expectEnd() {
    await(() -> ended || closed);
    check(ended, "expected an end");
    check(taken == arrived.size(), "expected an end, not more bytes");
    return this;
  }

  /** Expects that the other side cuts the connection, whatever comes before. */
  public TestPeer expectReset() {
    await(() -> closed);
    check(problem instanceof StreamException.Reset, "expected a reset");
    return this;
  }

  /** Expects that the connection is gone, in whatever way. */
  public TestPeer expectClosed() {
    await(() -> closed);
    return this;
  }

  /** What has come so far and was not read yet. */
  public int available() {
    return arrived.size() - taken;
  }

  /** Why the connection is gone, or {@code null} if it is there, or both sides had ended. */
  public @Nullable WeirException problem() {
    return problem;
  }

  /** Its end of the stream, or {@code null} before it is open. */
  public @Nullable ByteStream stream() {
    return stream;
  }

  // ---- as a handler

  @Override
  public void opened(ByteStream opened) {
    stream = opened;
    write(opened);
  }

  @Override
  public void received(ByteStream from, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    arrived.writeBytes(copy);
  }

  @Override
  public void ended(ByteStream from) {
    ended = true;
  }

  @Override
  public void writable(ByteStream to) {
    write(to);
  }

  @Override
  public void closed(ByteStream gone, @Nullable WeirException why) {
    closed = true;
    problem = why;
  }

  private void write(ByteStream to) {
    while (!toSend.isEmpty()) {
      ByteBuffer piece = ByteBuffer.wrap(toSend.peek(64 * 1024));
      int took = to.write(piece);
      toSend.drop(took);
      if (piece.hasRemaining()) {
        to.wantWritable();
        return;
      }
    }
    if (closing) {
      to.close();
    } else if (ending) {
      to.end();
    }
  }

  private TestPeer onLoop(Consumer<ByteStream> what) {
    ByteStream to = stream;
    if (to != null) {
      to.loop().execute(() -> what.accept(to));
    }
    return this;
  }

  // ---- waiting and complaining

  private void await(BooleanSupplier what) {
    try {
      network.runUntil(what);
    } catch (AssertionError e) {
      throw new AssertionError(this + ": " + e.getMessage(), e);
    }
  }

  private int find(String text) {
    return arrived.toString(StandardCharsets.ISO_8859_1).indexOf(text, taken);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise + "; " + this);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\r", "\\r").replace("\n", "\\n") + '"';
  }

  @Override
  public String toString() {
    String rest = arrived.toString(StandardCharsets.ISO_8859_1).substring(taken);
    return "peer"
        + (ended ? ", the other side has ended" : "")
        + (closed ? ", closed" + (problem == null ? " in order" : " by " + problem) : "")
        + ", unread: "
        + quoted(rest.length() > 200 ? rest.substring(0, 200) + "..." : rest);
  }
}
