package dev.weir.http.server;

import static dev.weir.http.server.SimServer.DATE;
import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;

import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses that have no body, whatever the handler says (RFC 9110 6.4.1, RFC 9112 6.3). */
class BodilessTest {

  private final SimServer server = new SimServer(BodilessTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    switch (request.path()) {
      case "/text" -> response.text("text");
      case "/empty" -> response.end();
      case "/204" -> response.status(204).text("text");
      case "/304" -> response.status(304).header("etag", "\"1\"").text("text");
      case "/205" -> response.status(205).end();
      case "/streamed" -> {
        response.write(ByteBuffer.wrap("text".getBytes(StandardCharsets.ISO_8859_1)));
        response.end(Headers.of("x-sum", "4"));
      }
      case "/known" -> response.contentLength(4).end();
      default -> response.text("next");
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /text, 200 OK, 'Content-Type: text/plain; charset=utf-8|DATE|Content-Length: 4'",
    "HEAD, /streamed, 200 OK, 'DATE'",
    "HEAD, /known, 200 OK, 'DATE|Content-Length: 4'",
    "HEAD, /empty, 200 OK, 'DATE'",
    "GET, /empty, 200 OK, 'DATE|Content-Length: 0'",
    "GET, /204, 204 No Content, 'Content-Type: text/plain; charset=utf-8|DATE'",
    "HEAD, /204, 204 No Content, 'Content-Type: text/plain; charset=utf-8|DATE'",
    "GET, /304, 304 Not Modified, 'ETag: \"1\"|Content-Type: text/plain; charset=utf-8|DATE'",
    "GET, /205, 205 Reset Content, 'DATE|Content-Length: 0'",
  })
  void endWithTheHead(String method, String path, String status, String fields) {
    String request = get(path).replace("GET", method);

    server
        .send(request + get("/next"))
        .expect("HTTP/1.1 " + status + "\r\n")
        .expect(fields.replace("DATE", DATE.strip()).replace("|", "\r\n") + "\r\n\r\n")
        .expect(ok("next"))
        .close();
  }
}
