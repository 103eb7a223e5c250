package dev.weir.http.server;

import dev.weir.http.BodyHandler;
import dev.weir.http.Headers;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpRequestHead;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.routing.RouteMatch;
import dev.weir.loop.Loop;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The request of one exchange, whatever version carries it. The exchange feeds its body; what the
 * handler of the body throws is answered by the response.
 */
final class ServerRequest implements HttpRequest {

  private static final Headers NO_FIELDS = Headers.of();

  private final ServerExchange exchange;
  private final HttpRequestHead head;
  private final ServerResponse response;
  private RouteMatch.@Nullable Found<HttpHandler> route;
  private @Nullable BodyHandler body;
  private boolean paused;

  /** Whether the client waits to be asked for the body (RFC 9110 10.1.1). */
  private boolean continueOwed;

  /** Set when the body has come as a whole. */
  private @Nullable Headers trailers;

  /** Whether the handler of the body is to be told of that, if there will be one. */
  private boolean endDue;

  /** Set when the body will not come as a whole. */
  private @Nullable Exception failure;

  ServerRequest(ServerExchange exchange, HttpRequestHead head, ServerResponse response) {
    this.exchange = exchange;
    this.head = head;
    this.response = response;
  }

  /** Makes it the request of another exchange. */
  void begin() {
    route = null;
    body = null;
    paused = false;
    continueOwed = false;
    trailers = null;
    endDue = false;
    failure = null;
  }

  /** The head is there: takes note of whether the client waits for 100. */
  void expectContinue() {
    continueOwed = exchange.expectsContinue();
  }

  /** Whether the client still waits for 100, so that nobody knows if the body will come. */
  boolean owesContinue() {
    return continueOwed;
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
    return exchange.connection().tls() == null ? "http" : "https";
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
    return exchange.offeredProtocol();
  }

  @Override
  public Carrier carrier() {
    return exchange.connection();
  }

  @Override
  public Loop loop() {
    return exchange.loop();
  }

  // ---- body

  @Override
  public void body(BodyHandler handler) {
    if (body != null) {
      throw new IllegalStateException("the body of this request is already being delivered");
    }
    body = handler;
    Exception failed = failure;
    if (failed != null) {
      handler.failed(failed);
    } else {
      goOn();
    }
  }

  /** Tells of the end of the body if that has come, and has the body come if not. */
  private void goOn() {
    if (trailers == null) {
      want();
    } else {
      tellEnd();
    }
  }

  /** Has the body come, and asks the client for it if it waits to be asked. */
  private void want() {
    if (body == null || paused) {
      return;
    }
    if (continueOwed) {
      continueOwed = false;
      exchange.inform(Status.CONTINUE, NO_FIELDS);
    }
    exchange.wantBody(true);
  }

  @Override
  public void pause() {
    if (!paused) {
      paused = true;
      exchange.wantBody(false);
    }
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      goOn();
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

  // ---- the exchange feeds it

  /** Whether its handler stopped the body, and so is going to come back to it. */
  boolean isPaused() {
    return paused;
  }

  /** Whether body bytes can be given to somebody now. */
  boolean wantsBody() {
    return body != null && !paused;
  }

  /** Body bytes; what is left in the view was not wanted. */
  void data(ByteBuffer bytes) {
    continueOwed = false;
    BodyHandler handler = body;
    if (handler == null) {
      return;
    }
    try {
      handler.data(bytes);
      if (bytes.hasRemaining()) {
        paused = true;
      }
    } catch (RuntimeException e) {
      response.fail(e);
    }
  }

  /** The body has come as a whole; its handler is told when it takes what comes. */
  void bodyEnded(Headers last) {
    if (failure != null) {
      return;
    }
    trailers = last;
    endDue = true;
    tellEnd();
  }

  private void tellEnd() {
    BodyHandler handler = body;
    Headers last = trailers;
    if (handler == null || last == null || paused || !endDue) {
      return;
    }
    endDue = false;
    try {
      handler.end(last);
    } catch (RuntimeException e) {
      response.fail(e);
    }
  }

  /** The rest of the body is dropped: it has nothing to do with the response, which is over. */
  void bodyDropped() {
    bodyFailed(
        new StreamException.Aborted("http", -1, "the response ended before the request did", null));
  }

  void bodyFailed(Exception problem) {
    if (trailers != null || failure != null) {
      return;
    }
    failure = problem;
    BodyHandler handler = body;
    if (handler == null) {
      return;
    }
    try {
      handler.failed(problem);
    } catch (RuntimeException e) {
      response.fail(e);
    }
  }
}
