package dev.weir.http.client;

import dev.weir.loop.Loop;
import java.time.Duration;

/** Adds up how long the phases of a call take, by the loop's clock. Loop thread. */
final class CallClock {

  private final Loop loop;
  private long begun;
  private long askedPool;
  private long sent;
  private long endedAt;
  private long queue;
  private long dns;
  private long connect;
  private long tls;
  private long firstByte;
  private boolean over;

  CallClock(Loop loop) {
    this.loop = loop;
  }

  void begin() {
    begun = loop.now();
  }

  void askPool() {
    askedPool = loop.now();
  }

  /** A connection was there, or a new one may be opened. */
  void leaveQueue() {
    queue += loop.now() - askedPool;
  }

  void opened(long dnsNanos, long connectNanos, long tlsNanos) {
    dns += dnsNanos;
    connect += connectNanos;
    tls += tlsNanos;
  }

  void send() {
    sent = loop.now();
  }

  void firstByte() {
    firstByte += loop.now() - sent;
  }

  void end() {
    if (!over) {
      over = true;
      endedAt = loop.now();
    }
  }

  CallTimings timings() {
    return new CallTimings(
        Duration.ofNanos(queue),
        Duration.ofNanos(dns),
        Duration.ofNanos(connect),
        Duration.ofNanos(tls),
        Duration.ofNanos(firstByte),
        Duration.ofNanos((over ? endedAt : loop.now()) - begun));
  }
}
