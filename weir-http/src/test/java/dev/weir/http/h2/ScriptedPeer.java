package dev.weir.http.h2;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.Http2Limits;
import dev.weir.http.Method;
import dev.weir.http.fields.RecentStrings;
import dev.weir.http.hpack.HpackEncoder;
import dev.weir.http.hpack.StringLiterals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a session: writes frames of any kind to it, reads what it sends, and lends it a
 * carrier whose room the test sets and a clock that the test moves. It is the session's role too,
 * and records what that is told.
 */
final class ScriptedPeer implements Http2Events, Http2Output {
  static final int HEADER_LIST = 8192;
  static final String[] GET = {
    ":method: GET", ":scheme: http", ":path: /", ":authority: localhost"
  };
  static final String[] POST = {
    ":method: POST", ":scheme: http", ":path: /", ":authority: localhost"
  };
  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int FIELDS = 20;

  final Http2Session session;
  final List<String> events = new ArrayList<>();
  final Map<Integer, TestStream> streams = new TreeMap<>();
  final HpackEncoder encoder = new HpackEncoder();

  /** What becomes of the handler of each stream, before anything comes for it. */
  Consumer<TestStream> prepare = stream -> {};

  long now;
  boolean drained;
  @Nullable Http2Error failure;
  boolean writableWanted;
  boolean deliveryWanted;

  private final boolean client;
  private final Frames reading = new Frames();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream recording = new ByteArrayOutputStream();
  private int room = UNLIMITED;
  private @Nullable ByteBuffer lent;
  private byte[] rest = {};

  private ScriptedPeer(boolean client, Http2Limits limits) {
    this.client = client;
    var literals = new StringLiterals(new RecentStrings());
    this.session =
        client
            ? Http2Session.ofServer(limits, HEADER_LIST, literals, this, this)
            : Http2Session.ofClient(limits, HEADER_LIST, literals, this, this);
    session.start();
  }

  /** A client, which has said nothing yet; the session is a server's. */
  static ScriptedPeer client(Http2Limits limits) {
    return new ScriptedPeer(true, limits);
  }

  /** A client after the first exchange of SETTINGS. */
  static ScriptedPeer greetedClient(Http2Limits limits) {
    var peer = client(limits);
    peer.greet();
    peer.frames();
    return peer;
  }

  static ScriptedPeer greetedClient() {
    return greetedClient(Http2Limits.DEFAULTS);
  }

  /** A server, which has said nothing yet; the session is a client's. */
  static ScriptedPeer server(Http2Limits limits) {
    return new ScriptedPeer(false, limits);
  }

  /** A server after the first exchange of SETTINGS. */
  static ScriptedPeer greetedServer(Http2Limits limits) {
    var peer = server(limits);
    peer.greet();
    peer.frames();
    return peer;
  }

  static ScriptedPeer greetedServer() {
    return greetedServer(Http2Limits.DEFAULTS);
  }

  /** Whether the session is a server's. */
  boolean isServersSession() {
    return client;
  }

  void greet(int... settings) {
    if (client) {
      bytes(Frames.PREFACE);
    }
    bytes(Frames.settings(settings));
    frame(FrameType.SETTINGS, FrameType.ACK, 0);
  }

  // ---- what the peer writes

  /** Bytes come in; what the session leaves comes again with the next. */
  ScriptedPeer bytes(byte... bytes) {
    recording.writeBytes(bytes);
    var all = ByteBuffer.wrap(Frames.join(rest, bytes));
    session.receive(all, now);
    rest = new byte[all.remaining()];
    all.get(rest);
    return this;
  }

  /** All that was written. */
  byte[] recording() {
    return recording.toByteArray();
  }

  /** How many bytes the session has left for later. */
  int left() {
    return rest.length;
  }

  ScriptedPeer hex(String hex) {
    return bytes(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  ScriptedPeer frame(int type, int flags, int id, byte... payload) {
    return bytes(Frames.frame(type, flags, id, payload));
  }

  byte[] block(String... lines) {
    return Frames.block(encoder, lines);
  }

  /** HEADERS that are whole. */
  ScriptedPeer headers(int id, boolean end, String... lines) {
    int flags = FrameType.END_HEADERS | (end ? FrameType.END_STREAM : 0);
    return frame(FrameType.HEADERS, flags, id, block(lines));
  }

  ScriptedPeer get(int id) {
    return headers(id, true, GET);
  }

  /** A request with a body to come. */
  ScriptedPeer post(int id, String... more) {
    return headers(id, false, with(POST, more));
  }

  static String[] with(String[] lines, String... more) {
    var all = new ArrayList<>(List.of(lines));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  ScriptedPeer data(int id, int length, boolean end) {
    return frame(FrameType.DATA, end ? FrameType.END_STREAM : 0, id, new byte[length]);
  }

  ScriptedPeer reset(int id, Http2ErrorCode code) {
    return frame(FrameType.RST_STREAM, 0, id, Frames.ints(code.code()));
  }

  ScriptedPeer widen(int id, int increment) {
    return frame(FrameType.WINDOW_UPDATE, 0, id, Frames.ints(increment));
  }

  ScriptedPeer ping(long opaque, boolean ack) {
    return frame(
        FrameType.PING,
        ack ? FrameType.ACK : 0,
        0,
        Frames.ints((int) (opaque >> 32), (int) opaque));
  }

  ScriptedPeer goAway(int last, Http2ErrorCode code) {
    return frame(FrameType.GOAWAY, 0, 0, Frames.ints(last, code.code()));
  }

  ScriptedPeer settings(int... identifiersAndValues) {
    return bytes(Frames.settings(identifiersAndValues));
  }

  // ---- what the peer reads

  /** The frames that the session has sent since this was asked last. */
  List<String> frames() {
    settle();
    var bytes = sent.toByteArray();
    sent.reset();
    return reading.read(!client && startsWithPreface(bytes) ? withoutPreface(bytes) : bytes);
  }

  private static boolean startsWithPreface(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == 'P';
  }

  private static byte[] withoutPreface(byte[] bytes) {
    return java.util.Arrays.copyOfRange(bytes, Frames.PREFACE.length, bytes.length);
  }

  /** The bytes that the session has sent since frames were asked for last. */
  byte[] unread() {
    settle();
    return sent.toByteArray();
  }

  /** As {@link #unread}, and has read them. */
  byte[] take() {
    var bytes = unread();
    sent.reset();
    return bytes;
  }

  /** How the session has judged: by {@code GOAWAY CODE}, {@code RST_STREAM id CODE}, or not. */
  String verdict() {
    var frames = frames();
    for (var frame : frames) {
      if (frame.startsWith("GOAWAY")) {
        return "GOAWAY" + frame.substring(frame.lastIndexOf(' '));
      }
    }
    return frames.stream().filter(f -> f.startsWith("RST_STREAM")).findFirst().orElse("fine");
  }

  // ---- the carrier

  /** How many bytes wait in the session for room in the carrier. */
  int queued() {
    return session.queuedBytes();
  }

  /** Lets the carrier take so many bytes, and tells the session if it has asked. */
  void room(int bytes) {
    settle();
    room = bytes;
    tellWritable();
  }

  void unlimitedRoom() {
    room(UNLIMITED);
  }

  void tellWritable() {
    while (writableWanted && room > 0) {
      writableWanted = false;
      int before = sent.size();
      session.writable();
      settle();
      if (sent.size() == before) {
        return;
      }
    }
  }

  void tellDelivery() {
    if (deliveryWanted) {
      deliveryWanted = false;
      session.deliver();
    }
  }

  private void settle() {
    var written = lent;
    lent = null;
    if (written != null) {
      var bytes = new byte[written.position()];
      written.get(0, bytes);
      sent.writeBytes(bytes);
      if (room != UNLIMITED) {
        room -= written.position();
      }
    }
  }

  @Override
  public @Nullable ByteBuffer reserve(int min) {
    settle();
    if (room < min) {
      return null;
    }
    var given = ByteBuffer.allocate(Math.min(room, 32 * 1024));
    lent = given;
    return given;
  }

  @Override
  public void wantWritable() {
    settle();
    writableWanted = true;
  }

  @Override
  public void wantDelivery() {
    settle();
    deliveryWanted = true;
  }

  // ---- the role

  /** Has a client's session send a request. */
  TestStream open(boolean end, String... lines) {
    var fields = dev.weir.http.Headers.create();
    for (var line : lines) {
      int colon = line.indexOf(':');
      fields.add(line.substring(0, colon), line.substring(colon + 2));
    }
    return open(new Http2RequestHead(Method.GET, "http", "localhost", "/", null, fields), end);
  }

  TestStream open(Http2RequestHead head, boolean end) {
    var opened = new TestStream(this, session.request(head, end));
    streams.put(opened.stream.id(), opened);
    opened.stream.handler(opened);
    prepare.accept(opened);
    return opened;
  }

  TestStream stream(int id) {
    return streams.get(id);
  }

  @Override
  public Http2Head head(Http2Head.Kind kind) {
    return new Http2Head(FIELDS);
  }

  @Override
  public void request(Http2Stream stream, Http2Head head) {
    events.add(
        head.isTooLarge()
            ? "request " + stream.id() + " too large"
            : "request " + stream.id() + " " + head.method() + " " + head.target());
    var handler = new TestStream(this, stream);
    handler.head = head;
    streams.put(stream.id(), handler);
    stream.handler(handler);
    prepare.accept(handler);
  }

  @Override
  public void settings() {
    events.add("settings");
  }

  @Override
  public void pong(long opaque) {
    events.add("pong " + opaque);
  }

  @Override
  public void goAway(int lastStreamId, Http2ErrorCode code, String debug) {
    events.add("goaway " + lastStreamId + " " + code);
  }

  @Override
  public void drained() {
    drained = true;
    events.add("drained");
  }

  @Override
  public void failed(Http2Error why) {
    failure = why;
    events.add("failed " + why.error());
  }

  /** The events since this was asked last. */
  List<String> events() {
    var all = List.copyOf(events);
    events.clear();
    return all;
  }
}
