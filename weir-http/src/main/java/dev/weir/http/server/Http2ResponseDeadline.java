package dev.weir.http.server;

import dev.weir.http.HttpTimeouts;
import dev.weir.http.exchange.Drain;
import dev.weir.http.exchange.Pace;
import dev.weir.http.h2.Http2Stream;
import dev.weir.loop.Timer;
import java.util.concurrent.TimeUnit;

/**
 * How the client takes the response of a stream that waits for it: something of it within a time,
 * and as fast as {@link HttpTimeouts#sendRate} asks for. The rate is the connection's: its streams
 * share it as the client sees fit, so that what it takes of any of them counts for all that wait.
 */
final class Http2ResponseDeadline implements Runnable {
  private final Http2ServerExchange exchange;
  private final Http2Stream stream;
  private final Timer timer;
  private final Pace pace = new Pace();
  private long seen;
  private long since;

  Http2ResponseDeadline(Http2ServerExchange exchange, Http2Stream stream) {
    this.exchange = exchange;
    this.stream = stream;
    this.timer = exchange.loop().timer(this);
    this.seen = stream.session().dataSent();
  }

  private HttpTimeouts timeouts() {
    return exchange.server().timeouts();
  }

  private long now() {
    return exchange.loop().now();
  }

  /** Bytes wait for the client. */
  void await() {
    since = now();
    pace.start(since);
    timer.after(Drain.interval(timeouts().send(), timeouts().sendRate()));
  }

  /** The client takes some: whether it took too little so far. */
  boolean isMissed() {
    boolean missed = isTooSlow();
    rest();
    return missed;
  }

  /** Nothing waits any more. */
  void rest() {
    pace.stop(now());
    timer.cancel();
  }

  private boolean isTooSlow() {
    long sent = stream.session().dataSent();
    pace.moved(sent - seen);
    seen = sent;
    return pace.isMissed(timeouts().sendRate(), now());
  }

  /** The timer's: the client has taken nothing of this stream, but perhaps enough of others. */
  @Override
  public void run() {
    long left = since + TimeUnit.NANOSECONDS.convert(timeouts().send()) - now();
    if (left <= 0 || isTooSlow()) {
      exchange.responseLate();
    } else {
      timer.after(Math.min(left, intervalNanos()));
    }
  }

  private long intervalNanos() {
    return TimeUnit.NANOSECONDS.convert(Drain.interval(timeouts().send(), timeouts().sendRate()));
  }
}
