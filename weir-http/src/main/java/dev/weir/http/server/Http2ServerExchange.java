package dev.weir.http.server;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.HttpError;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.exchange.Http2Tunnel;
import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2Stream;
import dev.weir.http.h2.Http2StreamHandler;
import dev.weir.loop.Loop;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One exchange on a stream of an HTTP/2 connection (RFC 9113 8.1). */
final class Http2ServerExchange implements ServerExchange, Http2StreamHandler {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");
  private static final Headers NO_FIELDS = Headers.of();
  private static final long UNTOLD = -1;

  final Http2Head head;
  private final ServerResponse response;
  private final ServerRequest request;
  private Http2ServerConnection connection;
  private Http2Stream stream;

  /** For a request whose body was waited for. */
  private @Nullable Http2RequestDeadline requestDeadline;

  /** For a response that waited for the client. */
  private @Nullable Http2ResponseDeadline responseDeadline;

  /** What is left to be sent of a body whose length was told, or {@link #UNTOLD}. */
  private long remaining = UNTOLD;

  private long bodyBytes;
  private int dropped;
  private boolean over;

  /** Whether the response has been sent and the request has ended, both in order. */
  private boolean done;

  Http2ServerExchange(Http2ServerConnection connection, Http2Stream stream, Http2Head head) {
    this.connection = connection;
    this.stream = stream;
    this.head = head;
    this.response = new ServerResponse(this, head);
    this.request = new ServerRequest(this, head, response);
  }

  /** Makes it another exchange, whose head is there. */
  void reuse(Http2ServerConnection next, Http2Stream opened) {
    connection = next;
    stream = opened;
    requestDeadline = null;
    responseDeadline = null;
    remaining = UNTOLD;
    bodyBytes = 0;
    dropped = 0;
    over = false;
    done = false;
    request.begin();
    response.begin();
  }

  /** Whether nothing more happens in it, and it may serve another request. */
  boolean isDone() {
    return done && !request.isPaused();
  }

  /** The head is there: gives the request to the handler. */
  void handle() {
    stream.handler(this);
    stream.pause();
    if (head.isTooLarge()) {
      response.refuse(
          new HttpError(
              Status.REQUEST_HEADER_FIELDS_TOO_LARGE,
              "RFC 6585 5",
              "a larger header section",
              "at most what SETTINGS_MAX_HEADER_LIST_SIZE says",
              "send less, or raise HttpLimits.headerSectionBytes or headerCount"));
      return;
    }
    if (head.endsStream()) {
      request.bodyEnded(NO_FIELDS);
    } else if (head.contentLength() > server().limits().bodyBytes()) {
      refuse(tooLong());
      return;
    }
    request.expectContinue();
    server().serve(request, response);
  }

  private void refuse(HttpError error) {
    LOG.log(Level.INFO, "{0}: {1}", connection.stream(), error.getMessage());
    request.bodyFailed(error);
    if (response.committed()) {
      reset(Cut.CANCELLED);
    } else {
      response.refuse(error);
    }
  }

  /** RFC 9110 15.5.14. */
  private HttpError tooLong() {
    return new HttpError(
        Status.CONTENT_TOO_LARGE,
        "RFC 9110 15.5.14",
        "a longer body",
        "at most " + server().limits().bodyBytes() + " bytes",
        "send less, or raise HttpLimits.bodyBytes");
  }

  // ---- the stream speaks

  @Override
  public void received(ByteBuffer bytes) {
    if (over) {
      drop(bytes);
      return;
    }
    int before = bytes.remaining();
    request.data(bytes);
    bodyBytes += before - bytes.remaining();
    if (bodyBytes > server().limits().bodyBytes()) {
      bytes.position(bytes.limit());
      refuse(tooLong());
    } else if (!request.wantsBody()) {
      stream.pause();
      bodyNotWanted();
    } else if (requestDeadline != null && requestDeadline.isMissed()) {
      refuse(ClientDeadline.late("a body of at least " + server().timeouts().bodyRate()));
    } else {
      awaitBody();
    }
  }

  @Override
  public void ended(Headers trailers) {
    bodyNotWanted();
    if (!over && !head.endsStream()) {
      request.bodyEnded(trailers);
    }
  }

  @Override
  public void writable() {
    if (responseDeadline != null && responseDeadline.isMissed()) {
      responseLate();
    } else {
      response.writable();
    }
  }

  @Override
  public void failed(WeirException why, boolean unprocessed) {
    leave();
    request.bodyFailed(why);
    response.cut(why);
  }

  private void leave() {
    over = true;
    bodyNotWanted();
    if (responseDeadline != null) {
      responseDeadline.rest();
    }
  }

  // ---- the request

  @Override
  public HttpServer server() {
    return connection.server();
  }

  @Override
  public Loop loop() {
    return connection.stream().loop();
  }

  @Override
  public Carrier connection() {
    return connection.stream().carrier();
  }

  @Override
  public @Nullable String offeredProtocol() {
    var offered = head.protocol();
    return offered == null ? null : offered.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean expectsContinue() {
    var expected = head.headers().get(HeaderName.EXPECT);
    return !head.endsStream() && expected != null && expected.equalsIgnoreCase("100-continue");
  }

  @Override
  public void wantBody(boolean wanted) {
    if (over) {
      return;
    }
    if (wanted) {
      awaitBody();
      stream.resume();
    } else {
      bodyNotWanted();
      stream.pause();
    }
  }

  // ---- the response

  @Override
  public void inform(Status status, Headers headers) {
    stream.respond(status, headers, UNTOLD, null, false);
  }

  @Override
  public void head(Status status, Headers headers, long length, boolean last) {
    if (over) {
      return;
    }
    boolean bodiless = head.method().equals(Method.HEAD) || !status.allowsBody();
    boolean told = length > 0 || (length == 0 && !bodiless);
    boolean sayLength = told && status.code() != 204 && status.code() != 304;
    remaining = bodiless ? UNTOLD : length;
    stream.respond(status, headers, sayLength ? length : UNTOLD, connection.date(), last);
    if (last) {
      finish();
    }
  }

  @Override
  public int write(ByteBuffer body) {
    return over ? 0 : sent(stream.write(body, isLast(body.remaining())));
  }

  @Override
  public int write(byte[] body) {
    return over ? 0 : sent(stream.write(body, isLast(body.length)));
  }

  /** Whether so many bytes are the rest of a body whose length was told. */
  private boolean isLast(int bytes) {
    if (remaining >= 0 && bytes > remaining) {
      throw new IllegalStateException(
          "a body of more bytes than its Content-Length: " + (bytes - remaining));
    }
    return bytes == remaining;
  }

  private int sent(int bytes) {
    if (remaining >= 0) {
      remaining -= bytes;
    }
    return bytes;
  }

  /** A file's bytes are read and written: they share the connection with those of others. */
  @Override
  public boolean transfer(FileRegion region, FileRegion.Done done) {
    return false;
  }

  @Override
  public void wantWritable() {
    if (!over) {
      awaitRoom();
      stream.wantWritable();
    }
  }

  @Override
  public void flush() {
    if (!over) {
      connection.stream().flush();
    }
  }

  @Override
  public void end(Headers trailers) {
    if (over) {
      return;
    }
    if (remaining > 0) {
      LOG.log(
          Level.ERROR,
          "{0}: stream {1}: a response ended before its Content-Length",
          connection.stream(),
          stream.id());
      reset(Cut.FAILED);
      return;
    }
    if (!stream.hasEnded()) {
      stream.end(trailers);
    }
    finish();
  }

  @Override
  public void switchTo(@Nullable String protocol, Headers headers, StreamAcceptor next) {
    if (over) {
      return;
    }
    leave();
    stream.respond(Status.OK, headers, UNTOLD, connection.date(), false);
    var tunnel = new Http2Tunnel(connection.stream(), stream);
    StreamHandler handler = next.accept(tunnel);
    if (handler == null) {
      stream.reset(Http2ErrorCode.CONNECT_ERROR);
    } else {
      tunnel.start(handler);
    }
  }

  @Override
  public void reset(Cut why) {
    if (over) {
      return;
    }
    leave();
    stream.reset(why == Cut.FAILED ? Http2ErrorCode.INTERNAL_ERROR : Http2ErrorCode.CANCEL);
    var aborted = new StreamException.Aborted("http/2", -1, "the exchange was cut", null);
    request.bodyFailed(aborted);
    response.cut(aborted);
  }

  /**
   * All of the response has gone. The request may still end by itself; a client that goes on with
   * what nobody wants is told to stop (RFC 9113 8.1).
   */
  private void finish() {
    leave();
    request.bodyDropped();
    if (stream.peerHasEnded()) {
      stream.abandon();
      done = true;
    } else {
      stream.resume();
      awaitBody();
    }
  }

  private void drop(ByteBuffer bytes) {
    dropped += bytes.remaining();
    bytes.position(bytes.limit());
    if (dropped > HttpServer.DROPPED_BODY_BYTES) {
      loop().execute(this::cutRequest);
    }
  }

  /** Not done yet, so that nobody else has it. */
  private void cutRequest() {
    if (!stream.peerHasEnded()) {
      leave();
      stream.reset(Http2ErrorCode.NO_ERROR);
    }
  }

  // ---- time

  private void awaitBody() {
    if (requestDeadline == null) {
      requestDeadline = new Http2RequestDeadline(this, stream);
    }
    requestDeadline.await();
  }

  private void bodyNotWanted() {
    if (requestDeadline != null) {
      requestDeadline.rest();
    }
  }

  private void awaitRoom() {
    if (responseDeadline == null) {
      responseDeadline = new Http2ResponseDeadline(this, stream);
    }
    responseDeadline.await();
  }

  /** The body, or the rest of it that is dropped, does not come. */
  void requestLate(String expected) {
    if (over) {
      cutRequest();
    } else {
      refuse(ClientDeadline.late(expected));
    }
  }

  /** The client does not take the response, or too slowly. */
  void responseLate() {
    LOG.log(
        Level.INFO,
        "{0}: stream {1}: the client does not take its response; cut",
        connection.stream(),
        stream.id());
    reset(Cut.CANCELLED);
  }
}
