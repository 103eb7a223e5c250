package dev.weir.http.server;

import static dev.weir.http.server.SimServer.DATE;
import static dev.weir.http.server.SimServer.text;

import dev.weir.http.Headers;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/1.0 (RFC 9112 9.3, RFC 9110 6.2). */
class OldClientTest {

  private static final String PERSISTS = "GET /text HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

  private final SimServer server = new SimServer(OldClientTest::handle);

  private static void handle(HttpRequest request, HttpResponse response) {
    if (request.path().equals("/text")) {
      response.text("text");
    } else {
      response.write(ByteBuffer.wrap("streamed".getBytes(StandardCharsets.ISO_8859_1)));
      response.end(Headers.of("x-sum", "8"));
    }
  }

  @AfterEach
  void nothingIsLeft() {
    server.assertNothingLeft();
  }

  @Test
  void needNoHostAndGetOneResponse() {
    server
        .send("GET /text HTTP/1.0\r\n\r\n")
        .expect(text("200 OK", "text", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }

  @Test
  void persistIfTheyAskForIt() {
    String answer = text("200 OK", "text", "Connection: keep-alive\r\n");
    server.send(PERSISTS + PERSISTS).expect(answer + answer).close();
  }

  @Test
  void getNoChunksAndNoTrailers() {
    server
        .send(PERSISTS.replace("/text", "/streamed"))
        .expect("HTTP/1.1 200 OK\r\n" + DATE + "Connection: close\r\n\r\nstreamed")
        .expectEnd()
        .close();
  }

  @Test
  void mustNotSendChunks() {
    server
        .send("POST /text HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        .expect(text("400 Bad Request", "400 Bad Request\n", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }
}
