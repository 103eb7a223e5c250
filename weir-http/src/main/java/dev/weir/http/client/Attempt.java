package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request over one connection: what its exchange sends, and whom it tells what comes back. A
 * call makes another for each redirect and retry; what an attempt that the call has left still says
 * is not heard. Loop thread.
 */
final class Attempt implements BodySink {

  final ClientCall call;
  final Request request;

  /** The fields to send: the caller's and the client's. */
  final Headers headers;

  /** Whether it must have a connection that has carried nothing yet. */
  final boolean fresh;

  /** What carries it, from when it is sent until it is told the last thing. */
  @Nullable ClientExchange exchange;

  /** Runs while it waits for a connection, else {@code null}. */
  @Nullable Timer queueTimer;

  private boolean bodyBegun;
  private boolean bodyOver;

  Attempt(ClientCall call, Request request, Headers headers, boolean fresh) {
    this.call = call;
    this.request = request;
    this.headers = headers;
    this.fresh = fresh;
  }

  // ---- the body of the request

  @Override
  public Loop loop() {
    return call.loop();
  }

  /** The connection can take bytes of the body. */
  void writable() {
    BodySource body = request.body();
    if (body == null || bodyOver) {
      return;
    }
    try {
      if (!bodyBegun) {
        bodyBegun = true;
        body.begin(this);
      }
      body.writable(this);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public int write(ByteBuffer bytes) {
    ClientExchange carrier = exchange;
    return carrier == null || bodyOver ? 0 : carrier.write(bytes);
  }

  @Override
  public void wantWritable() {
    ClientExchange carrier = exchange;
    if (carrier != null && !bodyOver) {
      carrier.wantWritable();
    }
  }

  @Override
  public void flush() {
    ClientExchange carrier = exchange;
    if (carrier != null) {
      carrier.flush();
    }
  }

  @Override
  public void end(Headers trailers) {
    ClientExchange carrier = exchange;
    if (carrier != null && !bodyOver) {
      bodyOver = true;
      carrier.end(trailers);
    }
  }

  @Override
  public void fail(Throwable why) {
    if (!loop().inLoop()) {
      loop().execute(() -> fail(why));
    } else if (!bodyOver) {
      call.bodyFailed(this, why);
    }
  }

  /** Whether the body's source has been asked for bytes. */
  boolean bodyBegun() {
    return bodyBegun;
  }

  /** Whether the body's source has ended it. */
  boolean bodyOver() {
    return bodyOver;
  }

  /** Nobody will take more of the body. */
  void cutBody() {
    BodySource body = request.body();
    if (bodyBegun && !bodyOver && body != null) {
      bodyOver = true;
      body.cut();
    }
    bodyOver = true;
  }

  /** Whether the handler wants more of the response's body. */
  void wantBody(boolean wanted) {
    ClientExchange carrier = exchange;
    if (carrier != null) {
      carrier.wantBody(wanted);
    }
  }

  // ---- the exchange tells

  /** An interim response, but for 100. */
  void interim(Status status, Headers fields) {
    call.interim(this, status, fields);
  }

  void firstByte() {
    call.firstByte(this);
  }

  /** The head of the final response. */
  void head(Status status, Headers fields, CallConnection over) {
    call.head(this, status, fields, over);
  }

  /** Bytes of the response's body; what is left in the view was not wanted, and pauses. */
  void data(ByteBuffer bytes) {
    call.data(this, bytes);
  }

  void ended(Headers trailers) {
    cutBody();
    call.ended(this, trailers);
  }

  @Nullable StreamHandler switched(
      Status status, Headers fields, CallConnection over, ByteStream stream) {
    return call.switched(this, status, fields, over, stream);
  }

  /** Whether a request that failed is sent again. */
  enum Repeat {
    /** No: it may have been done, or would fail again. */
    NO,
    /** If doing it twice does no harm: nobody knows whether it was done (RFC 9110 9.2.2). */
    IF_REPEATABLE,
    /** Yes: the server says that it was not done (RFC 9113 8.7). */
    YES
  }

  /** There will be no response, or no more of it. */
  void failed(WeirException why, Repeat repeat) {
    cutBody();
    call.failed(this, why, repeat);
  }
}
