package dev.weir.http.server;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Method;
import dev.weir.testkit.TestPeer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A handler that answers later, and still holds on to its response when that is over. */
class HeldResponseTest {

  private @Nullable HttpResponse held;

  private void handle(HttpRequest request, HttpResponse response) {
    if (request.method().equals(Method.POST)) {
      held = response;
      request.loop().schedule(Duration.ofMillis(100), () -> response.text("first"));
    } else {
      request
          .loop()
          .schedule(
              Duration.ofMillis(100),
              () -> {
                held.fail(new IllegalStateException("too late"));
                response.text("second");
              });
    }
  }

  @Test
  void itsLateCallsReachNoOtherRequest() {
    var server = new SimServer(this::handle);
    TestPeer peer = server.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
    peer.expect(SimServer.ok("first"));
    peer.send("body").send(SimServer.get("/"));

    peer.expect(SimServer.ok("second"));
  }
}
