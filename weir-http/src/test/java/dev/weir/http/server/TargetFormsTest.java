package dev.weir.http.server;

import static dev.weir.http.server.SimServer.DATE;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.text;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a request target, and the host that is meant (RFC 9112 3.2, 3.3). */
class TargetFormsTest {

  private final SimServer server =
      new SimServer(
          new Routes()
              .get(
                  "/*",
                  (request, response) ->
                      response.text(
                          request.authority() + ' ' + request.path() + ' ' + request.query()))
              .post("/form", (request, response) -> response.text("posted")));

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "/p, a, a /p null",
    "/p?q=1, a:80, a:80 /p q=1",
    "/p?, a, 'a /p '",
    "http://b/p?q, b, b /p q",
    // RFC 9112 3.2.2: the Host field is ignored.
    "http://b:81/p, a, b:81 /p null",
    "HTTP://b, a, b / null",
    "http://b?q, a, b / q",
    "/p, [::1]:80, [::1]:80 /p null",
    "/p, '', ' /p null'",
  })
  void nameHostAndPath(String target, String host, String seen) {
    server
        .send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
        .expect(ok(seen))
        .close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET p HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT /p HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://user@b/p HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
        "GET http:///p HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:port\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
      })
  void areRefusedIfTheyAreNone(String request) {
    server
        .send(request)
        .expect(text("400 Bad Request", "400 Bad Request\n", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }

  @Test
  void mayMeanTheServerAsAWhole() {
    String answer =
        "HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, OPTIONS, POST\r\n" + DATE + "\r\n";
    String options = "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n";
    // RFC 9112 3.2.4: a proxy is sent the absolute form without a path.
    server.send(options + options.replace("*", "http://a")).expect(answer + answer).close();
  }

  @Test
  void ofATunnelMatchNoRoute() {
    String head =
        server.send("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n").readThrough("\r\n\r\n");
    assertTrue(head.startsWith("HTTP/1.1 4"), head);
  }
}
