package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.Headers;
import dev.weir.http.Http2Limits;
import dev.weir.http.Method;
import dev.weir.http.Status;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Field sections as they leave: their lines, and the frames that carry them. */
class SectionWriterTest {
  private static ScriptedPeer asked(Method method, Headers fields) {
    var peer = ScriptedPeer.greetedServer(Http2Limits.DEFAULTS);
    peer.open(new Http2RequestHead(method, "https", "host", "/p?q", null, fields), true);
    return peer;
  }

  @Test
  void writesTheLinesOfARequest() {
    var peer = asked(Method.GET, Headers.of("X-Own", "y", "Host", "host", "Upgrade", "z"));
    assertEquals(
        List.of(
            "HEADERS 1 END, :method: GET, :scheme: https, :authority: host, :path: /p?q,"
                + " x-own: y"),
        peer.frames());
  }

  @Test
  void cutsCookiesIntoTheirPairs() {
    var peer = asked(Method.GET, Headers.of("Cookie", "a=1; b=2; c=3"));
    assertTrue(peer.frames().getFirst().endsWith(", cookie: a=1, cookie: b=2, cookie: c=3"));
  }

  /** However many pairs, and however little room. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1000, 3000})
  void takesAnyCookie(int pairs) {
    var peer = ScriptedPeer.greetedServer();
    peer.room(0);
    var cookie = "; ".repeat(pairs) + "x";
    peer.open(
        new Http2RequestHead(Method.GET, "https", "h", "/", null, Headers.of("Cookie", cookie)),
        true);
    peer.unlimitedRoom();
    var said = peer.frames().getFirst();
    assertEquals(pairs + 1, said.split(", cookie: ", -1).length - 1);
  }

  /** Lines that neither Huffman's code nor a table makes shorter. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsRoomForAnyLines(int seed) {
    var random = new Random(seed);
    var fields = Headers.create();
    for (int i = random.nextInt(30); i >= 0; i--) {
      fields.add("N" + "n".repeat(random.nextInt(40)), "\\".repeat(random.nextInt(300)));
    }
    var peer = ScriptedPeer.greetedServer();
    peer.room(0);
    peer.open(
        new Http2RequestHead(Method.of("#".repeat(seed)), "s", "a".repeat(seed), "/", "p", fields),
        false);
    peer.unlimitedRoom();
    var said = peer.frames().getFirst();
    for (int i = 0; i < fields.size(); i++) {
      var line = fields.name(i).lowerCase() + ": " + fields.value(i);
      assertTrue(said.contains(line), line);
    }
  }

  @Test
  void cutsALargeSectionIntoContinuations() {
    var fields = Headers.create();
    for (int i = 0; i < 5; i++) {
      fields.add("N" + i, "\\".repeat(10_000));
    }
    var peer = asked(Method.GET, fields);
    var said = peer.frames();
    assertEquals(1, said.size());
    assertTrue(said.getFirst().startsWith("HEADERS 1 in 4 END, :method: GET"));
    assertTrue(said.getFirst().endsWith("n4: " + "\\".repeat(10_000)));
  }

  @Test
  void saysLengthAndDateOnce() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.get(1).get(3);
    var fields = Headers.of("Content-Length", "9", "Date", "then");
    peer.stream(1).stream.respond(Status.OK, fields, 5, "now", true);
    peer.stream(3).stream.respond(Status.OK, Headers.of(), -1, "now", true);
    assertEquals(
        List.of(
            "HEADERS 1 END, :status: 200, date: then, content-length: 5",
            "HEADERS 3 END, :status: 200, date: now"),
        peer.frames());
  }

  @Test
  void keepsALengthThatTheFieldsSay() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    peer.get(1);
    var fields = Headers.of("Content-Length", "9");
    peer.stream(1).stream.respond(Status.of(599), fields, -1, null, true);
    assertEquals(List.of("HEADERS 1 END, :status: 599, content-length: 9"), peer.frames());
  }

  // ---- what is said again

  private static ScriptedPeer asking() {
    var peer = ScriptedPeer.greetedClient();
    peer.prepare = stream -> stream.answer = null;
    return peer;
  }

  private static int octets(ScriptedPeer peer, int id, Status status, String date, long length) {
    peer.get(id).frames();
    var fields = Headers.of("Content-Type", "text/plain", "Server", "test");
    peer.stream(id).stream.respond(status, fields, length, date, true);
    return peer.unread().length - FrameType.HEADER_BYTES;
  }

  @Test
  void whatTheTableHasIsAnOctetALine() {
    var peer = asking();
    for (int id = 1; id < 9; id += 2) {
      octets(peer, id, Status.OK, "now", 5);
    }
    assertEquals(5, octets(peer, 9, Status.OK, "now", 5));
    assertEquals(5, octets(peer, 11, Status.OK, "now", 5));
    assertEquals(
        List.of(
            "HEADERS 11 END, :status: 200, content-type: text/plain, server: test, date: now,"
                + " content-length: 5"),
        peer.frames());
    assertTrue(octets(peer, 13, Status.OK, "now", 777) > 5);
    assertEquals(
        List.of(
            "HEADERS 13 END, :status: 200, content-type: text/plain, server: test, date: now,"
                + " content-length: 777"),
        peer.frames());
  }

  /** However fields, statuses, dates, lengths and tables follow each other. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void isAlwaysWhatWasMeant(int seed) {
    var random = new Random(seed);
    var peer = asking();
    for (int id = 1; id < 2000; id += 2) {
      if (random.nextInt(40) == 0) {
        peer.settings(Setting.HEADER_TABLE_SIZE, random.nextInt(2) * 100 + random.nextInt(200));
      }
      peer.get(id).frames();
      var expected = new StringBuilder("HEADERS " + id + " END, :status: ");
      var status = random.nextInt(8) == 0 ? Status.NOT_FOUND : Status.OK;
      expected.append(status.code());
      var fields = Headers.create();
      boolean told = random.nextInt(6) > 0;
      for (int n = random.nextInt(3); n > 0; n--) {
        var name = random.nextInt(8) == 0 ? "set-cookie" : "x" + random.nextInt(2);
        var value = "v" + (random.nextInt(10) == 0 ? random.nextInt(50) : 0);
        fields.add(name, value);
        expected.append(", ").append(name).append(": ").append(value);
      }
      if (random.nextInt(8) == 0) {
        fields.add("content-length", "9");
        expected.append(told ? "" : ", content-length: 9");
      }
      var date = random.nextInt(6) == 0 ? null : "day " + id / 200;
      expected.append(date == null ? "" : ", date: " + date);
      long length = random.nextInt(4) == 0 ? random.nextInt(2000) : 13;
      expected.append(told ? ", content-length: " + length : "");
      peer.stream(id).stream.respond(status, fields, told ? length : -1, date, true);
      assertEquals(List.of(expected.toString()), peer.frames());
    }
  }
}
