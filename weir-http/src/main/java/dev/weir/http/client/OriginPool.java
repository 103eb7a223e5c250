package dev.weir.http.client;

import dev.weir.stream.StreamException;
import dev.weir.stream.WeirException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections to one origin on one loop, and the attempts that wait for one. Loop thread. */
final class OriginPool {

  private final LoopPool pool;
  private final Route route;

  /** Those that are open; the one that was used last is at the end, and taken first. */
  private final List<ClientConnection> connections = new ArrayList<>();

  private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
  private int opening;

  /** How many exchanges a connection of the origin carries at a time. */
  private enum Capacity {
    /** Nobody knows before one is open; what comes meanwhile waits for that. */
    UNKNOWN,
    /** One, or a few behind each other. */
    ONE,
    /** Many, so that one connection is enough (RFC 9113 9.1). */
    MANY
  }

  private Capacity capacity;

  /** Whether it needs connections of its own (RFC 9110 15.5.20). */
  private boolean misdirected;

  OriginPool(LoopPool pool, Route route) {
    this.pool = pool;
    this.route = route;
    this.capacity = pool.mayOfferHttp2(route) ? Capacity.UNKNOWN : Capacity.ONE;
  }

  Route route() {
    return route;
  }

  HttpClientOptions options() {
    return pool.options();
  }

  void send(Attempt attempt) {
    if (isRefused(attempt)) {
      attempt.call.useHttp1();
      pool.send(attempt);
      return;
    }
    if (serve(attempt)) {
      return;
    }
    if (waiting.size() >= options().pool().waitingPerOrigin()) {
      attempt.failed(
          new CallException(
              CallException.Reason.QUEUE_FULL,
              waiting.size()
                  + " calls wait for one of "
                  + options().pool().connectionsPerOrigin()
                  + " connections to "
                  + route
                  + "; call less, or raise PoolLimits.connectionsPerOrigin or waitingPerOrigin",
              null),
          Attempt.Repeat.NO);
      return;
    }
    waiting.add(attempt);
    var timer = pool.loop().timer(() -> timedOut(attempt));
    attempt.queueTimer = timer;
    timer.after(attempt.call.timeouts().queue());
  }

  /** Gives the attempt a connection, or opens one for it, if that may be now. */
  private boolean serve(Attempt attempt) {
    boolean fresh = attempt.fresh && capacity == Capacity.ONE;
    ClientConnection found = fresh ? null : find(attempt);
    // A fresh connection is wanted and there is no room: an idle one makes some.
    ClientConnection spare = found == null && fresh && isFull() ? idle() : null;
    if (found == null && spare == null && isFull()) {
      return false;
    }
    // First: what follows may come back here, and must not find it waiting.
    leaveQueue(attempt);
    attempt.call.clock().leaveQueue();
    if (found != null) {
      pool.left(found);
      connections.remove(found);
      connections.add(found);
      found.send(attempt);
      return true;
    }
    if (spare != null) {
      connections.remove(spare);
      pool.left(spare);
      spare.close();
    }
    opening++;
    if (capacity == Capacity.ONE || misdirected) {
      new Opening(this, pool, attempt).begin();
    } else {
      pool.coalesce(route, shared -> openOrShare(attempt, shared));
    }
    return true;
  }

  private void openOrShare(Attempt attempt, @Nullable Http2ClientConnection shared) {
    if (shared == null || attempt.call.isOver()) {
      new Opening(this, pool, attempt).begin();
      return;
    }
    opening--;
    capacity = Capacity.MANY;
    connections.add(shared);
    shared.shareWith(this);
    send(attempt);
  }

  /** A server that is reached by another origin's connection does not want this one's requests. */
  void misdirected() {
    misdirected = true;
    connections.removeIf(connection -> !connection.isOf(this));
  }

  /** Those of its own that carry many exchanges and take more. */
  Stream<Http2ClientConnection> multiplexed() {
    return connections.stream()
        .filter(connection -> connection.isOf(this))
        .filter(Http2ClientConnection.class::isInstance)
        .map(Http2ClientConnection.class::cast);
  }

  private boolean isFull() {
    return switch (capacity) {
      case UNKNOWN -> opening > 0;
      case ONE -> connections.size() + opening >= options().pool().connectionsPerOrigin();
      case MANY -> connections.size() + opening > 0;
    };
  }

  /** Whether the origin's connections cannot carry it, so that another version has to. */
  private boolean isRefused(Attempt attempt) {
    for (ClientConnection connection : connections) {
      if (connection.refuses(attempt)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable ClientConnection find(Attempt attempt) {
    for (int n = connections.size() - 1; n >= 0; n--) {
      ClientConnection connection = connections.get(n);
      if (connection.isIdle() && connection.takes(attempt)) {
        return connection;
      }
    }
    for (ClientConnection connection : connections) {
      if (connection.takes(attempt)) {
        return connection;
      }
    }
    return null;
  }

  private @Nullable ClientConnection idle() {
    for (ClientConnection connection : connections) {
      if (connection.isIdle()) {
        return connection;
      }
    }
    return null;
  }

  private void serveWaiting() {
    for (Attempt next : List.copyOf(waiting)) {
      if (isRefused(next)) {
        leaveQueue(next);
        send(next);
      } else if (next.queueTimer != null && !serve(next) && capacity != Capacity.MANY) {
        break;
      }
    }
    if (connections.isEmpty() && opening == 0 && waiting.isEmpty()) {
      pool.remove(this);
    }
  }

  private void leaveQueue(Attempt attempt) {
    var timer = attempt.queueTimer;
    if (timer != null) {
      waiting.remove(attempt);
      attempt.queueTimer = null;
      timer.cancel();
    }
  }

  private void timedOut(Attempt attempt) {
    leaveQueue(attempt);
    attempt.failed(
        new StreamException.TimedOut(
            "queue",
            "no connection to "
                + route
                + " was free within "
                + attempt.call.timeouts().queue()
                + "; raise PoolLimits.connectionsPerOrigin or ClientTimeouts.queue"),
        Attempt.Repeat.NO);
  }

  /** An attempt without a connection is given up. */
  void forget(Attempt attempt) {
    leaveQueue(attempt);
    serveWaiting();
  }

  // ---- connections come and go

  /** A connection is open; the attempt that asked for it goes first, if it still wants to. */
  void opened(ClientConnection connection, Attempt attempt) {
    opening--;
    connections.add(connection);
    capacity = connection.isMultiplexed() ? Capacity.MANY : Capacity.ONE;
    if (!attempt.call.isOver() && !connection.isMultiplexed()) {
      connection.send(attempt);
      serveWaiting();
      return;
    }
    connection.begin();
    if (!attempt.call.isOver()) {
      send(attempt);
    }
  }

  void notOpened(Attempt attempt, WeirException why) {
    opening--;
    attempt.failed(why, Attempt.Repeat.NO);
    serveWaiting();
  }

  /** The connection can carry another exchange, or one more. */
  void free(ClientConnection connection) {
    serveWaiting();
    if (connection.isIdle() && connections.contains(connection)) {
      pool.wentIdle(connection);
    }
  }

  /** The connection carries no further exchange. */
  void gone(ClientConnection connection) {
    if (connections.remove(connection)) {
      pool.left(connection);
      serveWaiting();
    }
  }

  void close(WeirException why) {
    for (Attempt attempt : List.copyOf(waiting)) {
      leaveQueue(attempt);
      attempt.failed(why, Attempt.Repeat.NO);
    }
    for (ClientConnection connection : List.copyOf(connections)) {
      connection.close();
    }
  }
}
