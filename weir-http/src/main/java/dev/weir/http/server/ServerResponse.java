package dev.weir.http.server;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpRequestHead;
import dev.weir.http.HttpResponse;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.coding.AcceptEncoding;
import dev.weir.http.coding.CompressionPolicy;
import dev.weir.http.coding.ContentCoding;
import dev.weir.http.fields.FieldTable;
import dev.weir.http.server.ServerExchange.Cut;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.FileRegion;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The response of one exchange, whatever version carries it. */
final class ServerResponse implements HttpResponse {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  private static final Headers NO_FIELDS = Headers.create();
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  private final ServerExchange exchange;
  private final HttpRequestHead request;
  private Status status = Status.OK;
  private final FieldTable fields = new FieldTable();
  private long length = -1;
  private boolean committed;
  private boolean ended;
  private boolean compressible = true;
  private @Nullable BodyCompressor compressor;

  /** A whole body of which the exchange has not taken everything yet. */
  private @Nullable ByteBuffer rest;

  /** What ends the body when the rest has been taken. */
  private Headers trailers = NO_FIELDS;

  private @Nullable Runnable whenWritable;
  private @Nullable Consumer<@Nullable Exception> whenOver;

  ServerResponse(ServerExchange exchange, HttpRequestHead request) {
    this.exchange = exchange;
    this.request = request;
  }

  /** Makes it the response of another exchange. */
  void begin() {
    status = Status.OK;
    fields.clear();
    length = -1;
    committed = false;
    ended = false;
    compressible = true;
    compressor = null;
    rest = null;
    trailers = NO_FIELDS;
    whenWritable = null;
    whenOver = null;
  }

  // ---- head

  @Override
  public HttpResponse status(Status next) {
    if (next.code() < 200) {
      throw new IllegalArgumentException(next + " is interim: send it by inform");
    }
    status = next;
    return this;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public Headers headers() {
    return fields;
  }

  @Override
  public HttpResponse contentLength(long bytes) {
    length = bytes;
    return this;
  }

  @Override
  public boolean committed() {
    return committed;
  }

  @Override
  public void inform(Status interim, Headers headers) {
    if (interim.code() >= 200 || interim.code() == 101) {
      throw new IllegalArgumentException(interim + " is not interim");
    }
    if (!committed) {
      exchange.inform(interim, headers);
    }
  }

  @Override
  public HttpResponse uncompressed() {
    compressible = false;
    return this;
  }

  /** How the body is to be compressed, if it is; changes the fields to match. */
  private @Nullable ContentCoding coding() {
    CompressionPolicy policy = exchange.server().compression();
    if (!compressible || policy == null || (length >= 0 && length < policy.leastBytes())) {
      return null;
    }
    AcceptEncoding accepted =
        AcceptEncoding.parse(request.headers().joined(HeaderName.ACCEPT_ENCODING));
    return policy.apply(status, fields, length, accepted);
  }

  private void commit(boolean last) {
    committed = true;
    if (status.equals(Status.RESET_CONTENT)) {
      // RFC 9110 15.3.6: it has no content, and says so.
      length = 0;
    }
    exchange.head(status, fields, length, last);
  }

  // ---- whole

  @Override
  public void text(String body) {
    whole(body, TEXT);
  }

  @Override
  public void html(String body) {
    whole(body, HTML);
  }

  private void whole(String body, String type) {
    if (!fields.contains(HeaderName.CONTENT_TYPE)) {
      fields.addTrusted(HeaderName.CONTENT_TYPE, type);
    }
    bytes(body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void bytes(ByteBuffer body) {
    if (!exchange.loop().inLoop()) {
      exchange.loop().execute(() -> bytes(body));
      return;
    }
    ContentCoding coding = wholeCoding(body.remaining());
    ByteBuffer sent = coding == null ? body : BodyCompressor.whole(coding, body);
    if (commitWhole(sent.remaining())) {
      rest = sent;
      pump();
    }
  }

  @Override
  public void bytes(byte[] body) {
    if (!exchange.loop().inLoop()) {
      exchange.loop().execute(() -> bytes(body));
      return;
    }
    ContentCoding coding = wholeCoding(body.length);
    if (coding != null) {
      ByteBuffer sent = BodyCompressor.whole(coding, ByteBuffer.wrap(body));
      if (commitWhole(sent.remaining())) {
        rest = sent;
        pump();
      }
    } else if (commitWhole(body.length)) {
      int taken = exchange.write(body);
      if (taken < body.length) {
        rest = ByteBuffer.wrap(body, taken, body.length - taken);
        exchange.wantWritable();
      } else {
        endWhole();
      }
    }
  }

  /** How a whole body of so many bytes is to be compressed, if it is. */
  private @Nullable ContentCoding wholeCoding(int bytes) {
    checkOpen();
    if (committed) {
      throw new IllegalStateException("a whole body was sent after parts of one");
    }
    length = bytes;
    return coding();
  }

  /** Sends the head of a whole body of so many bytes; false if that was all. */
  private boolean commitWhole(int bytes) {
    length = bytes;
    boolean bodiless = bytes == 0 || bodiless();
    ended = true;
    commit(bodiless);
    if (bodiless) {
      over(null);
    }
    return !bodiless;
  }

  @Override
  public void end() {
    if (!exchange.loop().inLoop()) {
      exchange.loop().execute(() -> end());
      return;
    }
    if (committed) {
      end(NO_FIELDS);
      return;
    }
    checkOpen();
    ended = true;
    if (!bodiless()) {
      length = 0;
    }
    commit(true);
    over(null);
  }

  private void pump() {
    ByteBuffer body = rest;
    if (body == null) {
      return;
    }
    exchange.write(body);
    if (body.hasRemaining()) {
      exchange.wantWritable();
    } else {
      endWhole();
    }
  }

  private void endWhole() {
    rest = null;
    exchange.end(trailers);
    over(null);
  }

  // ---- streamed

  @Override
  public int write(ByteBuffer body) {
    checkOpen();
    if (!committed) {
      ContentCoding coding = coding();
      if (coding != null) {
        length = -1;
        compressor = bodiless() ? null : new BodyCompressor(coding);
      }
      commit(bodiless());
    }
    if (bodiless()) {
      int count = body.remaining();
      body.position(body.limit());
      return count;
    }
    return compressor == null ? exchange.write(body) : compressor.write(body, exchange);
  }

  @Override
  public void whenWritable(Runnable then) {
    whenWritable = then;
    exchange.wantWritable();
  }

  @Override
  public void flush() {
    if (compressor != null && !ended) {
      compressor.flush(exchange);
    }
    exchange.flush();
  }

  @Override
  public boolean transfer(FileRegion region, FileRegion.Done done) {
    checkOpen();
    if (bodiless() || compressor != null) {
      return false;
    }
    if (!committed) {
      commit(false);
    }
    return exchange.transfer(region, done);
  }

  @Override
  public void end(Headers last) {
    checkOpen();
    boolean bodiless = bodiless();
    ended = true;
    if (!committed) {
      commit(bodiless);
    }
    BodyCompressor compressing = compressor;
    if (compressing != null) {
      compressor = null;
      rest = compressing.finish();
      trailers = last;
      pump();
      return;
    }
    if (!bodiless) {
      exchange.end(last);
    }
    over(null);
  }

  /** RFC 9110 6.4.1. */
  private boolean bodiless() {
    return request.method().equals(Method.HEAD) || !status.allowsBody();
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the response has ended");
    }
  }

  @Override
  public void whenOver(Consumer<@Nullable Exception> then) {
    whenOver = then;
  }

  // ---- otherwise

  @Override
  public void switchProtocol(@Nullable String protocol, StreamAcceptor next) {
    checkOpen();
    exchange.switchTo(protocol, fields, next);
    ended = true;
    committed = true;
    over(null);
  }

  @Override
  public void fail(Throwable problem) {
    if (!exchange.loop().inLoop()) {
      exchange.loop().execute(() -> fail(problem));
      return;
    }
    if (problem instanceof HttpError error && !committed) {
      refuse(error);
      return;
    }
    LOG.log(Level.ERROR, exchange.connection() + ": the handler of a request failed", problem);
    if (committed) {
      exchange.reset(Cut.FAILED);
    } else if (!ended) {
      fields.clear();
      length = -1;
      status(Status.INTERNAL_SERVER_ERROR).text("500 Internal Server Error\n");
    }
  }

  /** Answers what a peer did wrong with the status that the RFC names. */
  void refuse(HttpError error) {
    fields.clear();
    length = -1;
    status(error.status()).text(error.status() + "\n");
  }

  @Override
  public void abort() {
    if (!exchange.loop().inLoop()) {
      exchange.loop().execute(this::abort);
      return;
    }
    ended = true;
    exchange.reset(Cut.CANCELLED);
  }

  // ---- the exchange tells

  /** Whether everything of the response has been handed to the exchange. */
  boolean ended() {
    return ended && rest == null;
  }

  void writable() {
    if (rest != null) {
      pump();
      return;
    }
    Runnable then = whenWritable;
    if (then != null) {
      whenWritable = null;
      then.run();
    }
  }

  /** The exchange ended before its time. */
  void cut(Exception why) {
    ended = true;
    BodyCompressor compressing = compressor;
    if (compressing != null) {
      compressing.close();
      compressor = null;
    }
    rest = null;
    whenWritable = null;
    over(why);
  }

  private void over(@Nullable Exception why) {
    Consumer<@Nullable Exception> then = whenOver;
    if (then != null) {
      whenOver = null;
      then.accept(why);
    }
  }
}
