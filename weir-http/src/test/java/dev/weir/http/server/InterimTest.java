package dev.weir.http.server;

import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.text;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Responses before the response (RFC 9110 15.2). */
class InterimTest {

  private static final Headers LINK = Headers.of("link", "</style.css>; rel=preload");
  private static final String HINTS =
      "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";

  private final SimServer server = new SimServer(InterimTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    response.inform(Status.of(103), LINK);
    response.inform(Status.of(103), LINK);
    assertThrows(IllegalArgumentException.class, () -> response.inform(Status.OK, LINK));
    assertThrows(
        IllegalArgumentException.class, () -> response.inform(Status.SWITCHING_PROTOCOLS, LINK));
    response.text("final");
    response.inform(Status.of(103), LINK);
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void comeBeforeIt() {
    server.send(get("/") + get("/")).expect((HINTS + HINTS + ok("final")).repeat(2)).close();
  }

  @Test
  void areNotForClientsOfVersion10() {
    server
        .send("GET / HTTP/1.0\r\n\r\n")
        .expect(text("200 OK", "final", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }
}
