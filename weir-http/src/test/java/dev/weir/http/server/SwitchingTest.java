package dev.weir.http.server;

import static dev.weir.http.server.SimServer.DATE;
import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.text;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that leave HTTP: by Upgrade (RFC 9110 7.8) and CONNECT (RFC 9110 9.3.6). */
class SwitchingTest {

  private static final String UPGRADE =
      "GET /now HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: Echo\r\n\r\n";
  private static final String AGREED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n";

  private final SimServer server = new SimServer(SwitchingTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    String offered = request.upgrade();
    switch (request.path()) {
      case "" -> {
        if (request.authority().equals("plain:443")) {
          response.text("text");
        } else {
          response.switchProtocol(null, stream -> new Echo());
        }
      }
      case "/nobody" -> response.switchProtocol("echo", stream -> null);
      case "/body" ->
          request.body(10).thenAccept(body -> response.switchProtocol("echo", s -> new Echo()));
      case "/late" ->
          request
              .loop()
              .schedule(
                  Duration.ofSeconds(1), () -> response.switchProtocol("echo", s -> new Echo()));
      default -> {
        if (offered == null) {
          response.text("no offer");
        } else {
          response.switchProtocol(offered, stream -> new Echo());
        }
      }
    }
  }

  /** Says hello, then all it hears. */
  private static final class Echo implements StreamHandler {
    @Override
    public void opened(ByteStream stream) {
      stream.write(ByteBuffer.wrap(new byte[] {'h', 'i', ' '}));
    }

    @Override
    public void received(ByteStream stream, ByteBuffer bytes) {
      stream.write(bytes);
    }

    @Override
    public void ended(ByteStream stream) {
      stream.close();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/now", "/late"})
  void takeAlongTheBytesThatCameBehindTheRequest(String path) {
    TestPeer peer = server.send(UPGRADE.replace("/now", path) + "first ");

    peer.expect(AGREED + "hi first ").send("second").expect("second").end().expectEnd();
  }

  @Test
  void readTheBodyOfTheRequestFirst() {
    String request =
        UPGRADE.replace("/now", "/body").replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\n");

    server.send(request + "bodymore").expect(AGREED + "hi more").end().expectEnd();
  }

  /** What belongs to the request would be taken for the new protocol's. */
  @Test
  void mustNotSkipTheBodyOfTheRequest() {
    server
        .send(UPGRADE.replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\n") + "body" + get("/"))
        .expect(text("400 Bad Request", "400 Bad Request\n", "") + ok("no offer"))
        .close();
  }

  /** RFC 9110 9.3.6: to the client, any 2xx means a tunnel. */
  @Test
  void endWhenAHandlerAnswersConnectLikeARequest() {
    server
        .send("CONNECT plain:443 HTTP/1.1\r\nHost: plain:443\r\n\r\n" + get("/"))
        .expect("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n" + DATE)
        .expect("Connection: close\r\n\r\n")
        .expectEnd()
        .close();
  }

  @Test
  void becomeTunnels() {
    server
        .send("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\nbytes")
        .expect("HTTP/1.1 200 OK\r\n" + DATE + "\r\nhi bytes")
        .end()
        .expectEnd();
  }

  @Test
  void endIfNobodyTakesThem() {
    server.send(UPGRADE.replace("/now", "/nobody")).expect(AGREED).expectEnd().close();
  }

  @Test
  void haveNoTimeLimitOfHttp() {
    TestPeer peer = server.send(UPGRADE).expect(AGREED + "hi ");

    peer.expectSilence(Duration.ofHours(1)).send("still").expect("still").end().expectEnd();
  }

  @Test
  void stayWithHttpWithoutTheOptionInConnection() {
    server
        .send(UPGRADE.replace("Connection: Upgrade\r\n", "") + get("/"))
        .expect(ok("no offer") + ok("no offer"))
        .close();
  }

  @Test
  void stayWithHttpInVersion10() {
    server
        .send(UPGRADE.replace("HTTP/1.1", "HTTP/1.0"))
        .expect(text("200 OK", "no offer", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }
}
