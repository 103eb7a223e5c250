package dev.weir.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.client.HttpResult;
import dev.weir.http.server.HttpServer;
import dev.weir.http.server.Routes;
import dev.weir.net.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the HTTP clients among the examples. */
class ClientExamplesTest {

  private final Context context = Context.start();

  @AfterEach
  void close() {
    context.close();
  }

  private String serve(Routes routes) {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return "http://localhost:" + context.listen(any, HttpServer.of(routes).acceptor()).port();
  }

  @Test
  void clientGet() {
    String base = serve(new Routes().get("/", (request, response) -> response.text("there")));

    assertEquals("200 OK\nthere", ClientGet.get(base));
  }

  @Test
  void clientUploadStream(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("upload"), new byte[500_000]);
    String base =
        serve(
            new Routes()
                .put(
                    "/",
                    (request, response) ->
                        request
                            .body(1 << 20)
                            .whenComplete((body, problem) ->
                                response.text(body == null ? "none" : "" + body.length))));

    assertEquals("500000", ClientUploadStream.upload(base, file).text());
  }

  @Test
  void clientSession() {
    String base =
        serve(
            new Routes()
                .on(
                    Method.POST,
                    "/login",
                    (request, response) -> {
                      response.header("set-cookie", "session=7; HttpOnly");
                      response.redirect(Status.SEE_OTHER, "/home");
                    })
                .get(
                    "/home",
                    (request, response) ->
                        response.text(String.valueOf(request.headers().get("cookie")))));

    HttpResult result = ClientSession.login(base + "/login", "user=weir");

    assertEquals("session=7", result.text());
    assertEquals(base + "/home", result.uri().toString());
  }
}
