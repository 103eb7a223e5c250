package dev.weir.http.server;

import static dev.weir.http.server.SimServer.get;
import static dev.weir.http.server.SimServer.ok;
import static dev.weir.http.server.SimServer.text;

import dev.weir.http.HttpTimeouts;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections on a port of HTTP that speak something else. */
class FallbackTest {

  private final SimServer server =
      new SimServer(
          HttpServer.of((request, response) -> response.text("http"))
              .withFallback(stream -> new Echo()));

  /** Sends back what comes. */
  private static final class Echo implements StreamHandler {
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
  @ValueSource(strings = {"\0\1\2", "hello\n", "GETTING", "SSH-2.0-x\r\n"})
  void haveTheirRoleFromTheFirstByteOn(String bytes) {
    server.send(bytes).expect(bytes).send("more").expect("more").end().expectEnd();
  }

  @Test
  void areHttpAllTheSameWhenTheyAre() {
    server.send(get("/") + get("/")).expect(ok("http") + ok("http")).close();
  }

  @Test
  void areHttpHoweverSlowlyTheirBytesCome() {
    server
        .connect()
        .sendSlowly(get("/").getBytes(StandardCharsets.ISO_8859_1), Duration.ofMillis(20))
        .expect(ok("http"))
        .close();
  }

  @Test
  void areHttpWhenTheyBeginLikeIt() {
    server
        .send("GET / HTTP/1.1\r\nHost : a\r\n\r\n")
        .expect(text("400 Bad Request", "400 Bad Request\n", "Connection: close\r\n"))
        .expectEnd()
        .close();
  }

  @Test
  void areHttpWhenTheySayNothing() {
    Duration idle = HttpTimeouts.DEFAULTS.idle();

    server.connect().expectSilence(idle.plusSeconds(1)).send(get("/")).expect(ok("http")).close();
    server.connect().expectSilence(idle.multipliedBy(2).minusSeconds(1)).expectEnd().close();
  }
}
