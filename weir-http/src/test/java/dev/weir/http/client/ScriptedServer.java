package dev.weir.http.client;

import dev.weir.loop.Loop;
import dev.weir.net.Context;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers as a test tells it to, on a simulated network with a client: it notes what
 * comes, byte for byte, and calls the script with every request whose head has arrived.
 */
final class ScriptedServer {

  static final String URI = "http://server:80";

  final SimNetwork network = new SimNetwork(1);
  final SimHost host = network.host("server");
  final Context clients = network.host("client").context(1);
  final List<Peer> peers = new ArrayList<>();
  private final BiConsumer<Peer, Integer> script;
  private int requests;

  /**
   * @param script is given each request's connection, and its number among all, from 1
   */
  ScriptedServer(BiConsumer<Peer, Integer> script) {
    this.script = script;
    Context context = host.context(1);
    context.listen(
        host.address(80),
        stream -> {
          Peer peer = new Peer(stream);
          peers.add(peer);
          return peer;
        });
  }

  /** Answers every request with the same bytes. */
  static ScriptedServer answering(String bytes) {
    return new ScriptedServer((peer, n) -> peer.send(bytes));
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  HttpClient client() {
    return HttpClient.on(clients);
  }

  HttpClient client(HttpClientOptions options) {
    return HttpClient.on(clients, options);
  }

  /** One connection, as the server sees it. */
  final class Peer implements StreamHandler {
    final ByteStream stream;
    final StringBuilder got = new StringBuilder();
    boolean ended;
    boolean closed;
    @Nullable WeirException problem;

    /** Where the next request begins in what was got, and whether its head was told. */
    private int next;

    Peer(ByteStream stream) {
      this.stream = stream;
    }

    void send(String bytes) {
      send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) {
      ByteBuffer out = ByteBuffer.wrap(bytes);
      stream.write(out);
      if (out.hasRemaining()) {
        throw new IllegalStateException("a script that sends more than fits: " + out);
      }
    }

    void sendLater(Duration delay, String bytes) {
      Loop loop = stream.loop();
      loop.schedule(delay, () -> send(bytes));
    }

    void close() {
      stream.close();
    }

    @Override
    public void received(ByteStream from, ByteBuffer bytes) {
      got.append(StandardCharsets.ISO_8859_1.decode(bytes));
      int end;
      while ((end = got.indexOf("\r\n\r\n", next)) >= 0) {
        next = end + 4;
        script.accept(this, ++requests);
      }
    }

    @Override
    public void ended(ByteStream by) {
      ended = true;
      stream.close();
    }

    @Override
    public void closed(ByteStream by, @Nullable WeirException why) {
      closed = true;
      problem = why;
    }
  }
}
