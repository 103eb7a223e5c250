package dev.weir.websocket;

import dev.weir.loop.Loop;
import dev.weir.net.Validity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the peer of one connection is alive: pings it in silence and hangs up on it if nothing
 * comes (RFC 6455 5.5.2). Whatever comes proves it, and so does room to send: the peer takes what
 * it was sent.
 */
final class SignsOfLife implements Validity.Peer {

  private final WebSocketConnection connection;
  private final Loop loop;
  private final Validity validity;
  private final Duration patience;

  /** The application reads nothing: no answer could be heard, so none is expected. */
  private boolean deaf;

  SignsOfLife(WebSocketConnection connection, Loop loop, Validity.Policy policy) {
    this.connection = connection;
    this.loop = loop;
    this.validity = new Validity(loop, policy, this);
    this.patience = policy.hangUpAfter();
  }

  void start() {
    validity.start();
  }

  void stop() {
    validity.stop();
  }

  /** Something came, or something that was sent was taken. */
  void seen() {
    validity.confirmed(loop.now());
  }

  /** A pong came: the answer if it carries what the ping did (RFC 6455 5.5.3). */
  void pong(ByteBuffer payload) {
    if (payload.remaining() == Long.BYTES
        && payload.getLong(payload.position()) == validity.pingedAt()) {
      validity.pong(loop.now());
    }
  }

  void deaf(boolean now) {
    deaf = now;
    seen();
  }

  Optional<Duration> roundTripTime() {
    long nanos = validity.roundTrip().smoothedNanos();
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  @Override
  public void ping() {
    if (deaf) {
      validity.start();
    } else {
      connection.sendPing(ByteBuffer.allocate(Long.BYTES).putLong(0, validity.pingedAt()));
    }
  }

  @Override
  public void hangUp() {
    if (deaf) {
      validity.start();
    } else {
      connection.hangUp("no sign of life within " + patience.toSeconds() + " s");
    }
  }
}
