package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.HttpError;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.client.Attempt.Repeat;
import dev.weir.http.exchange.Deadline;
import dev.weir.http.exchange.Http2Tunnel;
import dev.weir.http.exchange.Pace;
import dev.weir.http.h2.Http2Head;
import dev.weir.http.h2.Http2RequestHead;
import dev.weir.http.h2.Http2Stream;
import dev.weir.http.h2.Http2StreamHandler;
import dev.weir.stream.StreamException;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One exchange on a stream of an HTTP/2 connection (RFC 9113 8.1). */
final class Http2ClientExchange implements ClientExchange, Http2StreamHandler {

  /** What is waited for. */
  enum Waiting {
    /** 100, before the body is sent anyway. */
    CONTINUE,
    /** The server to take more of the request. */
    ROOM,
    FIRST_BYTE,
    NEXT_BYTE
  }

  private final Http2ClientConnection connection;
  private final Attempt attempt;
  private final Http2Stream stream;
  private final Limit deadline;
  private final Pace pace = new Pace();

  /** What is left to be sent of a body whose length was told, or -1. */
  private long remaining;

  private long received;
  private int interims;
  private boolean paused;
  private boolean responseBegun;
  private boolean over;

  Http2ClientExchange(Http2ClientConnection connection, Attempt attempt) {
    this.connection = connection;
    this.attempt = attempt;
    this.deadline = new Limit();
    BodySource body = attempt.request.body();
    this.remaining = body == null ? 0 : body.length();
    this.stream =
        connection
            .session()
            .request(head(attempt), body == null && !attempt.request.offersSwitch());
    stream.handler(this);
  }

  /** RFC 9113 8.3.1, 8.5, RFC 8441 4. */
  private static Http2RequestHead head(Attempt attempt) {
    Request request = attempt.request;
    String host = attempt.headers.get(HeaderName.HOST);
    String authority = host != null ? host : request.target().origin().authority();
    String scheme = request.target().origin().secure() ? "https" : "http";
    Request.Upgrade upgrade = request.upgrade();
    if (upgrade != null) {
      return new Http2RequestHead(
          Method.CONNECT,
          scheme,
          authority,
          request.requestTarget(),
          upgrade.protocol(),
          attempt.headers);
    }
    if (request.method().equals(Method.CONNECT)) {
      return new Http2RequestHead(
          Method.CONNECT, "", request.requestTarget(), "", null, attempt.headers);
    }
    BodySource body = request.body();
    Headers fields = attempt.headers;
    if (body != null && body.length() >= 0) {
      fields.set(HeaderName.CONTENT_LENGTH, Long.toString(body.length()));
    }
    return new Http2RequestHead(
        request.method(), scheme, authority, request.requestTarget(), null, fields);
  }

  private ClientTimeouts timeouts() {
    return attempt.call.timeouts();
  }

  // ---- the request

  void begin() {
    attempt.exchange = this;
    attempt.call.clock().send();
    if (attempt.request.body() == null) {
      awaitResponse();
    } else if (attempt.request.expectContinue()) {
      deadline.await(Waiting.CONTINUE, timeouts().continueWait());
    } else {
      attempt.writable();
    }
  }

  private void awaitResponse() {
    if (!over && !responseBegun) {
      deadline.await(Waiting.FIRST_BYTE, timeouts().firstByte());
    }
  }

  @Override
  public int write(ByteBuffer bytes) {
    if (over) {
      return 0;
    }
    if (remaining >= 0 && bytes.remaining() > remaining) {
      throw new IllegalStateException("a body of more bytes than its length");
    }
    int count = stream.write(bytes, remaining >= 0 && bytes.remaining() == remaining);
    if (remaining >= 0) {
      remaining -= count;
    }
    return count;
  }

  @Override
  public void wantWritable() {
    if (!over) {
      if (!responseBegun) {
        deadline.await(Waiting.ROOM, timeouts().betweenBytes());
      }
      stream.wantWritable();
    }
  }

  @Override
  public void writable() {
    deadline.met(Waiting.ROOM);
    attempt.writable();
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
      attempt.call.bodyFailed(
          attempt,
          new IllegalStateException("the body ended " + remaining + " bytes before its length"));
      return;
    }
    if (!stream.hasEnded()) {
      stream.end(trailers);
    }
    awaitResponse();
  }

  // ---- the response

  @Override
  public void response(Http2Head head) {
    if (over) {
      return;
    }
    if (head.status().informational()) {
      interim(head);
      return;
    }
    responseBegun = true;
    attempt.firstByte();
    if (over) {
      return;
    }
    if (attempt.request.offersSwitch() && head.status().successful()) {
      switchTo(head);
      return;
    }
    if (head.contentLength() > connection.options().limits().bodyBytes()) {
      fail(tooLong(), Repeat.NO);
      return;
    }
    awaitMore();
    if (!attempt.bodyOver() && !head.status().successful()) {
      // The server has seen enough of the request.
      attempt.cutBody();
    }
    attempt.head(head.status(), head.headers(), connection.describe());
  }

  private void interim(Http2Head head) {
    if (++interims > HttpClient.INTERIM_RESPONSES) {
      fail(
          new HttpError(
              Status.BAD_GATEWAY,
              "RFC 9110 15.2",
              interims + " interim responses",
              "at most " + HttpClient.INTERIM_RESPONSES + " before the final one",
              "check the server"),
          Repeat.NO);
    } else if (!head.status().equals(Status.CONTINUE)) {
      attempt.interim(head.status(), head.headers());
    } else if (!attempt.bodyBegun() && attempt.request.body() != null) {
      deadline.met(Waiting.CONTINUE);
      attempt.writable();
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    if (over) {
      bytes.position(bytes.limit());
      return;
    }
    int before = bytes.remaining();
    attempt.data(bytes);
    int taken = before - bytes.remaining();
    received += taken;
    pace.moved(taken);
    if (received > connection.options().limits().bodyBytes()) {
      fail(tooLong(), Repeat.NO);
    } else if (pace.isMissed(timeouts().bodyRate(), now())) {
      fail(
          new StreamException.TimedOut(
              "body rate", "a response of less than " + timeouts().bodyRate()),
          Repeat.NO);
    } else {
      awaitMore();
    }
  }

  private HttpError tooLong() {
    long limit = connection.options().limits().bodyBytes();
    return new HttpError(
        Status.BAD_GATEWAY,
        "RFC 9110 15.5.14",
        "a longer body",
        "at most " + limit + " bytes",
        "raise HttpLimits.bodyBytes");
  }

  @Override
  public void ended(Headers trailers) {
    if (over) {
      return;
    }
    leave();
    connection.carried();
    if (!stream.hasEnded()) {
      // RFC 9113 8.1: the response is complete, and the rest of the request of no use.
      stream.reset(Http2ErrorCode.CANCEL);
    }
    attempt.ended(trailers);
  }

  @Override
  public void failed(WeirException why, boolean unprocessed) {
    if (over) {
      return;
    }
    leave();
    boolean wantsHttp1 =
        why instanceof Http2Error error && error.error() == Http2ErrorCode.HTTP_1_1_REQUIRED;
    if (wantsHttp1) {
      attempt.call.useHttp1();
    }
    Repeat repeat =
        unprocessed || wantsHttp1
            ? Repeat.YES
            : connection.isReused() && !responseBegun ? Repeat.IF_REPEATABLE : Repeat.NO;
    attempt.failed(why, repeat);
  }

  private void fail(WeirException why, Repeat repeat) {
    leave();
    stream.reset(Http2ErrorCode.CANCEL);
    attempt.failed(why, repeat);
  }

  private void leave() {
    over = true;
    deadline.clear();
    attempt.exchange = null;
  }

  private void switchTo(Http2Head head) {
    leave();
    Http2Tunnel tunnel = new Http2Tunnel(connection.stream(), stream);
    StreamHandler next =
        attempt.switched(head.status(), head.headers(), connection.describe(), tunnel);
    if (next == null) {
      stream.reset(Http2ErrorCode.CANCEL);
    } else {
      tunnel.start(next);
    }
  }

  private long now() {
    return connection.stream().loop().now();
  }

  private void awaitMore() {
    if (!paused && !over && responseBegun) {
      pace.start(now());
      deadline.await(Waiting.NEXT_BYTE, timeouts().betweenBytes());
    }
  }

  @Override
  public void wantBody(boolean wanted) {
    if (over || paused == !wanted) {
      return;
    }
    paused = !wanted;
    if (wanted) {
      awaitMore();
      stream.resume();
    } else {
      deadline.met(Waiting.NEXT_BYTE);
      pace.stop(now());
      stream.pause();
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      leave();
      stream.reset(Http2ErrorCode.CANCEL);
    }
  }

  // ---- time

  /** On one thing, of several that are waited for at a time. */
  private final class Limit extends Deadline<Waiting> {
    Limit() {
      super(connection.stream().loop());
    }

    @Override
    protected void late(Waiting missed) {
      Http2ClientExchange.this.late(missed);
    }
  }

  private void late(Waiting what) {
    switch (what) {
      case CONTINUE -> attempt.writable();
      case ROOM ->
          fail(
              late(
                  "next byte",
                  "the server took no more of the request within ",
                  timeouts().betweenBytes()),
              Repeat.NO);
      case FIRST_BYTE ->
          fail(late("first byte", "no response within ", timeouts().firstByte()), Repeat.NO);
      case NEXT_BYTE ->
          fail(
              late("next byte", "no more of the response within ", timeouts().betweenBytes()),
              Repeat.NO);
    }
  }

  private static StreamException late(String layer, String what, Duration limit) {
    return new StreamException.TimedOut(layer, what + limit);
  }
}
