package dev.weir.websocket;

import dev.weir.http.Headers;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.websocket.deflate.DeflateNegotiation;
import dev.weir.websocket.extension.ExtensionParser;
import dev.weir.websocket.handshake.ClientHandshake;
import dev.weir.websocket.handshake.HandshakeAnswer;
import dev.weir.websocket.handshake.HandshakePolicy;
import dev.weir.websocket.handshake.ServerHandshake;
import dev.weir.websocket.session.AnswerReader;
import dev.weir.websocket.session.ConformanceCase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a role under test: opens a WebSocket in the words of HTTP/1.1, unless a {@link
 * ScriptedTunnel} has done so in those of HTTP/2, then sends the raw frames of a case and holds
 * every answer to it.
 */
final class ScriptedPeer implements StreamHandler {

  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAA==";

  private final ConformanceCase script;
  private final boolean client;
  private final Iterator<ConformanceCase.Step> steps;
  private final Random keys = new Random(1);
  private final AnswerReader reader;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ArrayDeque<String> due = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private final CompletableFuture<String> outcome = new CompletableFuture<>();
  private boolean open;
  private byte[] wire = {};
  private String last = "nothing";

  /**
   * Makes a peer.
   *
   * @param client whether it is the client, and a server under test
   */
  ScriptedPeer(ConformanceCase script, boolean client) {
    this.script = script;
    this.client = client;
    this.steps = script.steps().iterator();
    DeflateSettings settings = script.deflate();
    this.reader = new AnswerReader(!client, settings != null && settings.ownTakeover());
  }

  /** The last answer, once all came and the connection has ended; or what was wrong. */
  CompletableFuture<String> outcome() {
    return outcome;
  }

  /** This for a stream whose handshake is over. */
  StreamHandler afterHandshake() {
    open = true;
    return this;
  }

  @Override
  public void opened(ByteStream stream) {
    if (open) {
      advance(stream);
    } else if (client) {
      String request =
          "GET /echo HTTP/1.1\r\nHost: server\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
              + KEY
              + "\r\n";
      DeflateSettings settings = script.deflate();
      if (settings != null) {
        request += "Sec-WebSocket-Extensions: " + DeflateNegotiation.offer(settings) + "\r\n";
      }
      send(stream, latin1(request + "\r\n"));
    }
  }

  @Override
  public void received(ByteStream stream, ByteBuffer bytes) {
    try {
      while (!open && bytes.hasRemaining()) {
        head.write(bytes.get());
        String text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          open = true;
          handshake(stream, text);
          advance(stream);
        }
      }
      var frames = new byte[bytes.remaining()];
      bytes.get(frames);
      for (String answer : reader.read(frames)) {
        String expected = due.poll();
        last = answer;
        if (!answer.equals(expected)) {
          throw new AssertionError("answered " + brief(answer) + " instead of " + brief(expected));
        }
        advance(stream);
      }
    } catch (AssertionError e) {
      outcome.completeExceptionally(e);
      stream.reset(0);
    }
  }

  private static @Nullable String brief(@Nullable String answer) {
    return answer == null ? null : answer.substring(0, Math.min(100, answer.length()));
  }

  private void handshake(ByteStream stream, String text) {
    Headers fields = Headers.create();
    text.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(": ", 2))
        .forEach(field -> fields.add(field[0], field[1]));
    if (client) {
      if (!text.startsWith("HTTP/1.1 101 ")) {
        throw new AssertionError(text);
      }
      DeflateSettings settings = script.deflate();
      ClientHandshake.Established agreed =
          new ClientHandshake(new byte[16], List.of(), settings).upgraded(101, fields);
      if ((agreed.deflate() == null) != (settings == null)) {
        throw new AssertionError("compression: " + agreed);
      }
    } else {
      var policy = new HandshakePolicy(OriginPolicy.any(), List.of(), script.deflate());
      HandshakeAnswer answer =
          new ServerHandshake(policy).upgrade(dev.weir.http.Method.GET, fields, false, "server");
      if (script.deflate() != null
          && ExtensionParser.parse(fields.all("Sec-WebSocket-Extensions")).isEmpty()) {
        throw new AssertionError("no compression was offered");
      }
      var response = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
      answer
          .headers()
          .forEach(
              (name, value) -> response.append(name).append(": ").append(value).append("\r\n"));
      send(stream, latin1(response + "\r\n"));
    }
  }

  /** Goes on with the script as far as all that is due was answered. */
  private void advance(ByteStream stream) {
    while (due.isEmpty() && steps.hasNext()) {
      ConformanceCase.Step step = steps.next();
      if (step.from() == 0) {
        wire = step.wire(client ? keys : null);
      }
      due.addAll(step.answers());
      send(stream, step.part(wire));
    }
    if (due.isEmpty() && !client) {
      stream.close();
    }
  }

  private void send(ByteStream stream, byte[] bytes) {
    unsent.add(ByteBuffer.wrap(bytes));
    writable(stream);
  }

  @Override
  public void writable(ByteStream stream) {
    while (!unsent.isEmpty()) {
      stream.write(unsent.element());
      if (unsent.element().hasRemaining()) {
        stream.wantWritable();
        return;
      }
      unsent.remove();
    }
  }

  @Override
  public void closed(ByteStream stream, @Nullable WeirException problem) {
    if (due.isEmpty() && !steps.hasNext()) {
      outcome.complete(last);
    } else {
      outcome.completeExceptionally(
          new AssertionError("closed before " + brief(due.peek()) + ": " + problem));
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
