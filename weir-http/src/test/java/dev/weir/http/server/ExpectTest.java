package dev.weir.http.server;

import static dev.weir.http.server.SimServer.DATE;
import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.text;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import dev.weir.testkit.TestPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that ask before they send a body (RFC 9110 10.1.1). */
class ExpectTest {

  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final SimServer server = new SimServer(ExpectTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    switch (request.path()) {
      case "/refuse" -> response.status(Status.FORBIDDEN).end();
      case "/late" -> request.loop().schedule(Duration.ofSeconds(3), () -> echo(request, response));
      default -> echo(request, response);
    }
  }

  private static void echo(HttpRequest request, HttpResponse response) {
    request
        .body(100)
        .thenAccept(body -> response.text(new String(body, StandardCharsets.ISO_8859_1)));
  }

  private static String head(String path, String version, String expectation) {
    return "PUT %s HTTP/%s\r\nHost: a\r\nContent-Length: 4\r\nExpect: %s\r\n\r\n"
        .formatted(path, version, expectation);
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void areToldToGoOnWhenTheBodyIsWanted() {
    TestPeer peer = server.send(head("/", "1.1", "100-continue"));

    peer.expect(CONTINUE).expectSilence(Duration.ofSeconds(1));
    peer.send("body").expect(ok("body")).send(get("/")).expect(ok("")).close();
  }

  @Test
  void areToldWhenTheHandlerWantsItLater() {
    TestPeer peer = server.send(head("/late", "1.1", "100-Continue"));

    peer.expectSilence(Duration.ofSeconds(2));
    peer.expect(CONTINUE).send("body").expect(ok("body")).close();
  }

  @Test
  void areToldEvenIfTheyDidNotWait() {
    server
        .send(head("/late", "1.1", "100-continue") + "body")
        .expect(CONTINUE + ok("body"))
        .close();
  }

  /** Nobody knows whether the body follows, so nothing after the answer could be understood. */
  @Test
  void areRefusedWithTheConnection() {
    server
        .send(head("/refuse", "1.1", "100-continue"))
        .expect(
            "HTTP/1.1 403 Forbidden\r\n" + DATE + "Content-Length: 0\r\nConnection: close\r\n\r\n")
        .expectEnd()
        .close();
  }

  @Test
  void knowNoInterimResponsesInVersion10() {
    TestPeer peer = server.send(head("/", "1.0", "100-continue"));

    peer.expectSilence(Duration.ofSeconds(1));
    peer.send("body").expect(text("200 OK", "body", "Connection: close\r\n")).expectEnd().close();
  }

  @Test
  void areRefusedWhatNobodyCanMeet() {
    server
        .send(head("/", "1.1", "more"))
        .expect(text("417 Expectation Failed", "417 Expectation Failed\n", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }
}
