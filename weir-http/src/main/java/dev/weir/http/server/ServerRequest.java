package dev.weir.http.server;

import dev.weir.http.BodyHandler;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpRequestHead;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.routing.RouteMatch;
import dev.weir.loop.Loop;
import dev.weir.stream.Carrier;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The request of one exchange, whatever version carries it. The carrier feeds its body. */
final class ServerRequest implements HttpRequest {

  private HttpCarrier carrier;
  private HttpRequestHead head;
  private RouteMatch.@Nullable Found<HttpHandler> route;
  private @Nullable BodyHandler body;
  private boolean paused;

  /** Set when the body had ended, or failed, before anybody asked for it. */
  private @Nullable Headers trailers;

  private @Nullable Exception failure;

  ServerRequest(HttpCarrier carrier, HttpRequestHead head) {
    this.carrier = carrier;
    this.head = head;
  }

  /** Makes it the request of another exchange. */
  void begin(HttpCarrier next, HttpRequestHead nextHead) {
    carrier = next;
    head = nextHead;
    route = null;
    body = null;
    paused = false;
    trailers = null;
    failure = null;
  }

  void route(RouteMatch.Found<HttpHandler> found) {
    route = found;
  }

  // ---- head

  @Override
  public Method method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public @Nullable String query() {
    return head.query();
  }

  @Override
  public String target() {
    return head.target();
  }

  @Override
  public String authority() {
    return head.authority();
  }

  @Override
  public HttpVersion version() {
    return head.version();
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public long contentLength() {
    return head.contentLength();
  }

  @Override
  public String scheme() {
    return carrier.connection().tls() == null ? "http" : "https";
  }

  @Override
  public String parameter(String name) {
    if (route == null) {
      throw new IllegalArgumentException("no route with parameters led here");
    }
    return route.parameter(name);
  }

  @Override
  public String rest() {
    if (route != null) {
      return route.rest();
    }
    return path().startsWith("/") ? path().substring(1) : path();
  }

  @Override
  public @Nullable String upgrade() {
    return carrier.upgradable() ? lower(head.headers().get(HeaderName.UPGRADE)) : null;
  }

  private static @Nullable String lower(@Nullable String token) {
    return token == null ? null : token.toLowerCase(Locale.ROOT);
  }

  @Override
  public Carrier carrier() {
    return carrier.connection();
  }

  @Override
  public Loop loop() {
    return carrier.loop();
  }

  // ---- body

  @Override
  public void body(BodyHandler handler) {
    if (body != null) {
      throw new IllegalStateException("the body of this request is already being delivered");
    }
    body = handler;
    Exception failed = failure;
    Headers end = trailers;
    if (failed != null) {
      handler.failed(failed);
    } else if (end != null) {
      handler.end(end);
    } else {
      carrier.wantBody(true);
    }
  }

  @Override
  public void pause() {
    if (!paused) {
      paused = true;
      carrier.wantBody(false);
    }
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      carrier.wantBody(true);
    }
  }

  @Override
  public CompletableFuture<byte[]> body(int limit) {
    WholeBody whole = new WholeBody(limit);
    if (loop().inLoop()) {
      body(whole);
    } else {
      loop().execute(() -> body(whole));
    }
    return whole.result();
  }

  // ---- the carrier feeds it

  /** Whether body bytes can be given to somebody now. */
  boolean wantsBody() {
    return body != null && !paused;
  }

  /** Body bytes; what is left in the view was not wanted. */
  void data(ByteBuffer bytes) {
    BodyHandler handler = body;
    if (handler != null) {
      handler.data(bytes);
      if (bytes.hasRemaining()) {
        paused = true;
      }
    }
  }

  void bodyEnded(Headers last) {
    trailers = last;
    BodyHandler handler = body;
    if (handler != null) {
      handler.end(last);
    }
  }

  void bodyFailed(Exception problem) {
    if (trailers != null || failure != null) {
      return;
    }
    failure = problem;
    BodyHandler handler = body;
    if (handler != null) {
      handler.failed(problem);
    }
  }
}
