package dev.weir.http.client;

import dev.weir.stream.StreamException;
import dev.weir.stream.WeirException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections to one origin on one loop, and the attempts that wait for one. Loop thread. */
final class OriginPool {

  private final LoopPool pool;
  private final Route route;

  /** Those that are open; the one that was used last is at the end, and taken first. */
  private final List<ClientConnection> connections = new ArrayList<>();

  private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
  private int opening;

  OriginPool(LoopPool pool, Route route) {
    this.pool = pool;
    this.route = route;
  }

  Route route() {
    return route;
  }

  HttpClientOptions options() {
    return pool.options();
  }

  void send(Attempt attempt) {
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
          false);
      return;
    }
    waiting.add(attempt);
    var timer = pool.loop().timer(() -> timedOut(attempt));
    attempt.queueTimer = timer;
    timer.after(attempt.call.timeouts().queue());
  }

  /** Gives the attempt a connection, or opens one for it, if that may be now. */
  private boolean serve(Attempt attempt) {
    ClientConnection found = attempt.fresh ? null : find(attempt);
    // A fresh connection is wanted and there is no room: an idle one makes some.
    ClientConnection spare = found == null && attempt.fresh && isFull() ? idle() : null;
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
    new Opening(this, pool, attempt).begin();
    return true;
  }

  private boolean isFull() {
    return connections.size() + opening >= options().pool().connectionsPerOrigin();
  }

  private @Nullable ClientConnection find(Attempt attempt) {
    for (int n = connections.size() - 1; n >= 0; n--) {
      ClientConnection connection = connections.get(n);
      if (connection.isIdle()) {
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
    Attempt next;
    boolean served = true;
    while (served && (next = waiting.peek()) != null) {
      served = serve(next);
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
        false);
  }

  /** An attempt without a connection is given up. */
  void forget(Attempt attempt) {
    leaveQueue(attempt);
    serveWaiting();
  }

  // ---- connections come and go

  void opened(ClientConnection connection) {
    opening--;
    connections.add(connection);
  }

  void notOpened(Attempt attempt, WeirException why) {
    opening--;
    attempt.failed(why, false);
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
      attempt.failed(why, false);
    }
    for (ClientConnection connection : List.copyOf(connections)) {
      connection.close();
    }
  }
}
