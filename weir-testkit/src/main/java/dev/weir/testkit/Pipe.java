package dev.weir.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * One direction of a connection: what waits to be sent, what is on its way, and what has arrived
 * and waits to be read. What is on its way stays in order and never exceeds the room at its end.
 */
final class Pipe {

  /** The most that travels as one. */
  private static final int MAX_SEGMENT = 16 * 1024;

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final SimNetwork network;
  private final Wire wire;
  private final int direction;
  private final SimStreamSocket from;
  private final SimStreamSocket to;
  private final ByteQueue unsent = new ByteQueue();
  private final ByteQueue arrived = new ByteQueue();
  private final ArrayDeque<Segment> flight = new ArrayDeque<>();
  private int inFlight;
  private long lastArrival = Long.MIN_VALUE;

  /** Segments whose time came while the wire was cut. */
  private int overdue;

  private boolean windowUpdateUnderWay;
  private boolean ending;
  private boolean endSent;
  private boolean ended;
  private boolean reset;

  /**
   * @param direction 0 from the one who connected, 1 to it
   */
  Pipe(Wire wire, int direction, SimStreamSocket from, SimStreamSocket to) {
    this.network = from.host.network;
    this.wire = wire;
    this.direction = direction;
    this.from = from;
    this.to = to;
  }

  // ---- the sender's end

  /** How many bytes can be written. */
  int room() {
    return ending || reset ? 0 : Math.max(0, from.sendBuffer() - unsent.size());
  }

  void write(ByteBuffer src, int count) {
    if (count > 0) {
      unsent.add(src, count);
      pump();
    }
  }

  /** Lets the other end know that the connection is there. */
  void sendOpened() {
    depart(new Segment(Kind.OPENED));
  }

  /** The end follows what was written. */
  void end() {
    if (!ending && !reset) {
      ending = true;
      pump();
    }
  }

  /** A reset takes the place of all that was not sent. */
  void reset() {
    if (!reset) {
      stop();
      depart(new Segment(Kind.RESET));
    }
  }

  /** Nothing is sent any more, not even a reset. */
  void stop() {
    reset = true;
    unsent.clear();
  }

  // ---- the receiver's end

  int available() {
    return arrived.size();
  }

  /** Whether the end has arrived; there may be bytes before it. */
  boolean ended() {
    return ended;
  }

  void read(ByteBuffer dst, int count) {
    if (count > 0) {
      arrived.remove(dst, count);
      tellOfRoom();
    }
  }

  /** Drops what has arrived. */
  void discard() {
    arrived.clear();
  }

  /** The sender hears of new room a latency later, and once for all room that came meanwhile. */
  private void tellOfRoom() {
    if (!windowUpdateUnderWay && !reset && !endSent) {
      windowUpdateUnderWay = true;
      network
          .agenda()
          .at(
              wire.arrival(1 - direction, 0),
              () -> {
                windowUpdateUnderWay = false;
                pump();
              });
    }
  }

  // ---- the way

  private void pump() {
    boolean hadRoom = room() > 0;
    int count;
    while ((count = Math.min(Math.min(unsent.size(), window()), MAX_SEGMENT)) > 0) {
      inFlight += count;
      depart(new Segment(Kind.BYTES, ByteBuffer.wrap(unsent.remove(count))));
    }
    if (ending && !endSent && !reset && unsent.isEmpty()) {
      endSent = true;
      depart(new Segment(Kind.END));
    }
    if (!hadRoom && room() > 0) {
      from.changed();
    }
  }

  private int window() {
    return to.receiveBuffer() - arrived.size() - inFlight;
  }

  private void depart(Segment segment) {
    flight.add(segment);
    lastArrival = Math.max(lastArrival, wire.arrival(direction, segment.length()) + wire.stall());
    network.agenda().at(lastArrival, this::arrive);
  }

  private void arrive() {
    if (wire.isCut()) {
      if (overdue++ == 0) {
        wire.whenHealed(this::catchUp);
      }
      return;
    }
    Segment segment = flight.remove();
    network.agenda().mix(segment.length());
    if (segment.kind == Kind.BYTES) {
      inFlight -= segment.length();
    }
    if (wire.chance(wire.conditions().resets())) {
      network.trace(() -> "reset by the network: " + from);
      from.resetArrived();
      to.resetArrived();
      return;
    }
    network.trace(() -> segment + ": " + from);
    switch (segment.kind) {
      case OPENED -> to.opened();
      case BYTES -> bytesArrived(segment);
      case END -> {
        ended = true;
        to.changed();
      }
      case RESET -> to.resetArrived();
    }
  }

  private void bytesArrived(Segment segment) {
    if (to.isClosed()) {
      // RFC 9293 3.6.1: there is nobody to read it, and the sender is to know.
      to.refuse();
    } else if (!to.wasReset()) {
      arrived.add(segment.bytes, segment.length());
      to.changed();
    }
  }

  /** The wire is there again: what should have come meanwhile comes now. */
  private void catchUp() {
    for (; overdue > 0; overdue--) {
      lastArrival = Math.max(lastArrival, wire.arrival(direction, 0));
      network.agenda().at(lastArrival, this::arrive);
    }
  }

  private enum Kind {
    OPENED,
    BYTES,
    END,
    RESET
  }

  private record Segment(Kind kind, ByteBuffer bytes) {
    Segment(Kind kind) {
      this(kind, NO_BYTES);
    }

    int length() {
      return bytes.limit();
    }

    @Override
    public String toString() {
      return kind == Kind.BYTES ? length() + " bytes" : kind.toString();
    }
  }
}
