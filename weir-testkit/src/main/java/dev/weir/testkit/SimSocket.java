package dev.weir.testkit;

import org.jspecify.annotations.Nullable;

/** What all simulated sockets have: a host, a descriptor, and perhaps somebody who watches. */
abstract class SimSocket {

  final SimHost host;
  private @Nullable SimWatch watch;
  private boolean closed;

  SimSocket(SimHost host) {
    this.host = host;
  }

  /** What the socket is ready for now: {@code Poller.READ}, {@code WRITE} or both. */
  abstract int readiness();

  void watchedBy(@Nullable SimWatch by) {
    watch = by;
  }

  /** The poller of the loop that watches, if one does. */
  @Nullable SimPoller poller() {
    SimWatch by = watch;
    return by == null ? null : by.poller();
  }

  boolean isWatched() {
    return watch != null;
  }

  /** Something has happened: whoever watches may have become ready. */
  void changed() {
    SimWatch by = watch;
    if (by != null) {
      by.look();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the socket was open; from here on it is not. */
  boolean closeOnce() {
    if (closed) {
      return false;
    }
    if (watch != null) {
      host.network.broken(this + " was closed while it was watched");
    }
    closed = true;
    host.descriptorFreed(this);
    return true;
  }

  void checkOpen(String call) {
    if (closed) {
      host.network.broken(call + " on " + this + ", which is closed");
    }
  }
}
