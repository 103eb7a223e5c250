package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.PROTOCOL_ERROR;
import static dev.weir.http.Http2ErrorCode.STREAM_CLOSED;

import dev.weir.http.Http2Error;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection by their identifiers (RFC 9113 5.1.1): those that are open, and what
 * is known of all others.
 */
final class Streams {
  private final boolean server;
  private final StreamTable open = new StreamTable();
  private final ResetStreams reset = new ResetStreams();
  private int lastPeer;
  private int nextOwn;

  Streams(boolean server) {
    this.server = server;
    this.nextOwn = server ? 2 : 1;
  }

  @Nullable Http2Stream get(int id) {
    return open.get(id);
  }

  int count() {
    return open.size();
  }

  void forEach(Consumer<Http2Stream> action) {
    open.forEach(action);
  }

  /** Whether the peer is the one that opens streams with such an identifier. */
  boolean isPeers(int id) {
    return ((id & 1) == 1) == server;
  }

  /** Whether the peer may open it: it is the peer's, and later than all before it. */
  boolean isNextOfPeer(int id) {
    return isPeers(id) && id > lastPeer;
  }

  /** The last stream that the peer has opened, refused ones counted. */
  int lastPeer() {
    return lastPeer;
  }

  void peerOpens(int id) {
    lastPeer = id;
  }

  /** Whether there is an identifier left for a stream of ours. */
  boolean hasNext() {
    return nextOwn > 0;
  }

  int takeNext() {
    int id = nextOwn;
    nextOwn += 2;
    return id;
  }

  void add(Http2Stream stream) {
    open.add(stream);
  }

  void remove(Http2Stream stream) {
    open.remove(stream.id());
  }

  /** Notes that this side resets it. */
  void reset(int id) {
    reset.add(id);
  }

  /** Whether nobody has opened it yet (RFC 9113 5.1). */
  boolean isIdle(int id) {
    return isPeers(id) ? id > lastPeer : nextOwn > 0 && id >= nextOwn;
  }

  /** Checks that frames other than HEADERS may come for a stream that is not there. */
  void checkNotIdle(int id, String frame) {
    if (isIdle(id)) {
      throw Http2Error.ofConnection(
          PROTOCOL_ERROR, "RFC 9113 5.1", frame + " on stream " + id + ", which is idle");
    }
  }

  /** Checks that what came was on its way when this side reset the stream. */
  void checkWasReset(int id, String frame) {
    checkNotIdle(id, frame);
    if (!reset.contains(id)) {
      throw Http2Error.ofConnection(
          STREAM_CLOSED, "RFC 9113 5.1", frame + " on stream " + id + ", which is closed");
    }
  }
}
