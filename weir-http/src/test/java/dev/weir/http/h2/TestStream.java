package dev.weir.http.h2;

import dev.weir.http.Headers;
import dev.weir.http.Http2Error;
import dev.weir.http.Status;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a stream of a {@link ScriptedPeer}: records what it is told. A server's answers a
 * request that has ended by 200 and five bytes, unless a test says otherwise.
 */
final class TestStream implements Http2StreamHandler {
  final ScriptedPeer peer;
  final Http2Stream stream;
  @Nullable Http2Head head;

  /** What a request is answered with, or null if by nothing. */
  @Nullable ByteBuffer answer =
      ByteBuffer.wrap("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

  /** How many bytes it takes before it leaves the rest. */
  long takes = Long.MAX_VALUE;

  /** What else it does when bytes come, before it takes any. */
  Runnable onData = () -> {};

  /** What else it does when it is told of its end. */
  Runnable onFailed = () -> {};

  long received;
  long sent;
  boolean ended;
  boolean failed;
  boolean unprocessed;
  private boolean sending;

  TestStream(ScriptedPeer peer, Http2Stream stream) {
    this.peer = peer;
    this.stream = stream;
  }

  private void note(String what) {
    peer.events.add(what);
  }

  @Override
  public void response(Http2Head response) {
    head = response;
    note("response " + stream.id() + " " + response.status().code());
  }

  @Override
  public void received(ByteBuffer bytes) {
    onData.run();
    int count = (int) Math.min(takes, bytes.remaining());
    bytes.position(bytes.position() + count);
    takes -= count;
    received += count;
  }

  @Override
  public void ended(Headers trailers) {
    ended = true;
    note("ended " + stream.id() + (trailers.isEmpty() ? "" : " " + trailers.toString().strip()));
    if (peer.isServersSession() && answer != null && !stream.hasEnded()) {
      respond();
    }
  }

  /** Sends the head of the response, and of its body what there is room for. */
  void respond() {
    stream.respond(Status.OK, Headers.of(), -1, null, false);
    send(answer);
  }

  void send(@Nullable ByteBuffer body) {
    answer = body;
    sending = true;
    writable();
  }

  @Override
  public void writable() {
    var body = answer;
    if (!sending || body == null) {
      note("writable " + stream.id());
      return;
    }
    sent += stream.write(body, true);
    if (!stream.hasEnded()) {
      stream.wantWritable();
    }
  }

  @Override
  public void drain() {
    note("drain " + stream.id());
  }

  @Override
  public void failed(WeirException why, boolean notProcessed) {
    failed = true;
    unprocessed = notProcessed;
    var code = why instanceof Http2Error error ? error.error().toString() : why.layer();
    note("failed " + stream.id() + " " + code);
    onFailed.run();
  }
}
