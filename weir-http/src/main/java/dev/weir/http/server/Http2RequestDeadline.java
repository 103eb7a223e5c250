package dev.weir.http.server;

import dev.weir.http.exchange.Pace;
import dev.weir.http.h2.Http2Stream;
import dev.weir.loop.Loop;
import dev.weir.loop.Timer;
import java.time.Duration;

/**
 * How the body of a stream's request comes: something of it within a time, and as fast as {@link
 * dev.weir.http.HttpTimeouts#bodyRate} asks for. The rate is the connection's: its streams share it
 * as the client sees fit, so that what comes for any of them counts for all that wait.
 */
final class Http2RequestDeadline implements Runnable {
  private final Http2ServerExchange exchange;
  private final Http2Stream stream;
  private final Timer timer;
  private final Pace pace = new Pace();
  private long seen;

  Http2RequestDeadline(Http2ServerExchange exchange, Http2Stream stream) {
    this.exchange = exchange;
    this.stream = stream;
    this.timer = exchange.loop().timer(this);
    this.seen = stream.session().dataReceived();
  }

  private Loop loop() {
    return exchange.loop();
  }

  /** More of the body is wanted, from now on or still. */
  void await() {
    pace.start(loop().now());
    timer.after(limit());
  }

  /** Nobody wants it for now; the client is not to blame for what does not come. */
  void rest() {
    pace.stop(loop().now());
    timer.cancel();
  }

  /** Bytes have come: whether they were too few. */
  boolean isMissed() {
    long received = stream.session().dataReceived();
    pace.moved(received - seen);
    seen = received;
    return pace.isMissed(exchange.server().timeouts().bodyRate(), loop().now());
  }

  private Duration limit() {
    return exchange.server().timeouts().body();
  }

  /** The timer's: nothing has come. */
  @Override
  public void run() {
    exchange.requestLate("more of a body within " + limit().toSeconds() + " s");
  }
}
