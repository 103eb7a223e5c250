package dev.weir.http.server;

import dev.weir.http.h2.Frames;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.testkit.TestPeer;
import java.util.ArrayList;
import java.util.List;

/** A client that speaks HTTP/2 to a {@link SimServer}, frame by frame. */
final class FramePeer {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int HEADER_BYTES = 9;
  private static final int CANCEL = 8;

  final TestPeer peer;
  private final Frames reading = new Frames();
  private final HpackEncoder encoder = new HpackEncoder();

  private FramePeer(TestPeer peer) {
    this.peer = peer;
  }

  /** Has exchanged SETTINGS, its own of identifiers and values, and read all that came first. */
  static FramePeer greet(SimServer server, int... settings) {
    var client = new FramePeer(server.connect());
    client.peer.send(Frames.PREFACE).send(Frames.settings(settings));
    client.frame(SETTINGS, ACK, 0);
    while (!client.next().equals("SETTINGS ACK")) {
      // The server's own SETTINGS and WINDOW_UPDATE come before.
    }
    return client;
  }

  private FramePeer frame(int type, int flags, int stream, byte... payload) {
    peer.send(Frames.frame(type, flags, stream, payload));
    return this;
  }

  private byte[] head(String method, String path) {
    return Frames.block(
        encoder, ":method: " + method, ":scheme: http", ":path: " + path, ":authority: a");
  }

  FramePeer get(int stream, String path) {
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, head("GET", path));
  }

  /** A request with a body to come. */
  FramePeer post(int stream, String path) {
    return frame(HEADERS, END_HEADERS, stream, head("POST", path));
  }

  FramePeer data(int stream, int length, boolean end) {
    return frame(DATA, end ? END_STREAM : 0, stream, new byte[length]);
  }

  FramePeer reset(int stream) {
    return frame(RST_STREAM, 0, stream, Frames.ints(CANCEL));
  }

  FramePeer widen(int stream, int increment) {
    return frame(WINDOW_UPDATE, 0, stream, Frames.ints(increment));
  }

  FramePeer pong(long opaque) {
    return frame(PING, ACK, 0, Frames.ints((int) (opaque >> 32), (int) opaque));
  }

  /** The next frame, once it has come. */
  String next() {
    var header = peer.readBytes(HEADER_BYTES);
    int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
    return reading.read(Frames.join(header, peer.readBytes(length))).getFirst();
  }

  /** The frames that have come and were not read yet. */
  List<String> frames() {
    var all = new ArrayList<String>();
    while (peer.available() > 0) {
      all.add(next());
    }
    return all;
  }
}
