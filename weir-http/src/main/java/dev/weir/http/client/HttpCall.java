package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.TargetUri;
import dev.weir.net.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being put together, then sent by {@link #send()} or {@link #stream}, once. For
 * one thread, any; what is sent goes its way on a loop: the caller's own if it is one of the
 * client's, else the least loaded.
 */
public final class HttpCall {

  private final HttpClient client;
  private final Method method;
  private final TargetUri target;
  private final boolean wholeServer;
  private final Headers headers = Headers.create();
  private ClientTimeouts timeouts;
  private RedirectPolicy redirects;
  private int bodyBytes;
  private @Nullable BodySource body;
  private @Nullable Endpoint via;
  private Request.@Nullable Upgrade upgrade;
  private boolean expectContinue;
  private boolean idempotent;
  private boolean sent;

  HttpCall(HttpClient client, Method method, TargetUri target, boolean wholeServer) {
    this.client = client;
    this.method = method;
    this.target = target;
    this.wholeServer = wholeServer;
    this.timeouts = client.options().timeouts();
    this.redirects = client.options().redirects();
    this.bodyBytes = client.options().bodyBytes();
  }

  /**
   * Sets a field, replacing those of that name. The fields that frame the message (RFC 9112 6) are
   * the client's own business and ignored.
   *
   * @throws IllegalArgumentException if name or value is invalid (RFC 9110 5.1, 5.5)
   */
  public HttpCall header(String name, String value) {
    headers.set(name, value);
    return this;
  }

  /** The fields that will be sent, to add to. */
  public Headers headers() {
    return headers;
  }

  /** Sends these bytes as the body. They are the call's until it is over. */
  public HttpCall body(byte[] bytes) {
    return body(ByteBuffer.wrap(bytes));
  }

  /** Sends what remains in the buffer as the body. It is the call's until it is over. */
  public HttpCall body(ByteBuffer bytes) {
    return body(new BytesBody(bytes));
  }

  /** Sends text in UTF-8 as the body, as plain text unless another Content-Type is set. */
  public HttpCall body(String text) {
    if (!headers.contains(HeaderName.CONTENT_TYPE)) {
      headers.set(HeaderName.CONTENT_TYPE, "text/plain; charset=utf-8");
    }
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Streams the body from a source. */
  public HttpCall body(BodySource source) {
    body = source;
    return this;
  }

  /**
   * Asks the server whether it wants the body before it is sent (RFC 9110 10.1.1), for as long as
   * {@link ClientTimeouts#continueWait}.
   */
  public HttpCall expectContinue() {
    expectContinue = true;
    return this;
  }

  /**
   * Offers to switch to another protocol: by Upgrade (RFC 9110 7.8) over HTTP/1.1, by an extended
   * CONNECT (RFC 8441 4) over HTTP/2. If the server does, {@link ResponseHandler#switched} is
   * called.
   */
  public HttpCall upgrade(String protocol) {
    return upgrade(protocol, Headers.create());
  }

  /**
   * As the other, for a protocol that needs more fields with Upgrade than with CONNECT.
   *
   * @param onlyHttp1 fields to send over HTTP/1.1 alone
   */
  public HttpCall upgrade(String protocol, Headers onlyHttp1) {
    upgrade = new Request.Upgrade(protocol, onlyHttp1.copy());
    return this;
  }

  /**
   * Connects to an endpoint of the caller's choice, such as a unix socket, in place of the URI's.
   */
  public HttpCall via(Endpoint endpoint) {
    via = endpoint;
    return this;
  }

  /**
   * Says that sending this request twice does no more than once, so that it may be tried again when
   * a connection is lost (RFC 9110 9.2.2); so it is with GET, PUT and the like without being told.
   */
  public HttpCall idempotent() {
    idempotent = true;
    return this;
  }

  /** Has this call follow other redirects than the client's others. */
  public HttpCall redirects(RedirectPolicy policy) {
    redirects = policy;
    return this;
  }

  /** Has this call wait otherwise than the client's others. */
  public HttpCall timeouts(ClientTimeouts other) {
    timeouts = other;
    return this;
  }

  /** Limits the whole call; short for another {@link ClientTimeouts#whole}. */
  public HttpCall timeout(Duration whole) {
    return timeouts(timeouts.withWhole(whole));
  }

  /** How long a body {@link #send()} collects; past it the call fails. */
  public HttpCall limit(int bytes) {
    bodyBytes = bytes;
    return this;
  }

  /**
   * Sends the request and collects the whole response. Does not block.
   *
   * @return completes on the loop: with the response, whatever its status, or exceptionally with a
   *     {@link dev.weir.stream.WeirException} that says why there is none. Cancelling it gives the
   *     call up
   */
  public CompletableFuture<HttpResult> send() {
    WholeResponse whole = new WholeResponse(bodyBytes);
    whole.result().of(start(whole));
    return whole.result();
  }

  /**
   * Sends the request and streams the response. Does not block.
   *
   * @return completes on the loop when the call is over. Cancelling it gives the call up
   */
  public CompletableFuture<CallTimings> stream(ResponseHandler handler) {
    return start(handler).over();
  }

  private ClientCall start(ResponseHandler handler) {
    if (sent) {
      throw new IllegalStateException("a call is sent once; make another");
    }
    sent = true;
    if (!client.options().userAgent().isEmpty() && !headers.contains(HeaderName.USER_AGENT)) {
      headers.add(HeaderName.USER_AGENT, client.options().userAgent());
    }
    boolean expects = expectContinue && body != null;
    Request request =
        new Request(method, target, wholeServer, headers, body, via, upgrade, expects, idempotent);
    LoopPool pool = client.pool();
    ClientCall call = new ClientCall(pool, request, timeouts, redirects, handler);
    pool.loop().execute(call::begin);
    return call;
  }
}
