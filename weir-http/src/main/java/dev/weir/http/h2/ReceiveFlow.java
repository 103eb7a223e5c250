package dev.weir.http.h2;

import static dev.weir.http.Http2ErrorCode.FLOW_CONTROL_ERROR;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2Limits;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Receives DATA: bounds what is held for handlers that do not take it, tells the peer what it may
 * send (RFC 9113 5.2), and makes the windows as large as the way is long.
 */
final class ReceiveFlow {

  /** The opaque value of the PINGs that measure the way. */
  static final long PROBE = -1;

  private final Http2Limits limits;
  private final Outgoing out;
  private final Pings pings;
  private final ReceiveWindow window;
  private final BandwidthProbe probe;
  private long received;

  /** Nothing is announced any more: the connection is over. */
  private boolean closed;

  /** Streams that were resumed and have something to be delivered. */
  private @Nullable ArrayDeque<Http2Stream> resumed;

  ReceiveFlow(Http2Limits limits, Outgoing out, Pings pings) {
    this.limits = limits;
    this.out = out;
    this.pings = pings;
    this.window = new ReceiveWindow(FlowWindow.INITIAL, limits.connectionWindow());
    this.probe = new BandwidthProbe(limits.streamWindow());
  }

  /** Tells the peer of what the connection's window has beyond the one that all begin with. */
  void start() {
    update(0, window);
  }

  /** A DATA frame has come. */
  void received(int flowLength) {
    received += flowLength;
    if (!window.receive(flowLength)) {
      throw Http2Error.ofConnection(
          FLOW_CONTROL_ERROR, "RFC 9113 6.9.1", "DATA beyond the connection's window");
    }
  }

  /** Bytes that have come so far, padding counted. */
  long received() {
    return received;
  }

  /** And it is of this stream. */
  void received(Http2Stream stream, int flowLength) {
    if (!stream.receiveWindow().receive(flowLength)) {
      throw Http2Error.ofStream(
          stream.id(), FLOW_CONTROL_ERROR, "RFC 9113 6.9.1", "DATA beyond the stream's window");
    }
    if (probe.received(flowLength, limits.streamWindowMost())) {
      pings.send(PROBE);
    }
  }

  /** Bytes are not held any longer, of no stream that is there. */
  void consumed(int bytes) {
    window.consume(bytes);
    update(0, window);
  }

  /** Bytes of a stream are not held any longer: the peer may send as many again. */
  void consumed(Http2Stream stream, int bytes) {
    consumed(bytes);
    if (!stream.peerHasEnded()) {
      stream.receiveWindow().consume(bytes);
      stream.receiveWindow().grow(probe.window());
      update(stream.id(), stream.receiveWindow());
    }
  }

  private void update(int id, ReceiveWindow of) {
    int increment = closed ? 0 : of.takeUpdate();
    if (increment > 0) {
      FrameWriter.windowUpdate(out.frame(FrameType.HEADER_BYTES + 4), id, increment);
    }
  }

  /** A PING that measured the way came back. */
  void probed() {
    if (probe.acknowledged(limits.streamWindowMost())) {
      int share = Math.max(1, limits.connectionWindowMost() / limits.streamWindowMost());
      long wanted = (long) probe.window() * share;
      window.grow((int) Math.min(limits.connectionWindowMost(), wanted));
      update(0, window);
    }
  }

  /** The connection is over: the peer is told of no windows. */
  void close() {
    closed = true;
  }

  /** A stream was resumed: what is kept for it will be delivered, later in this turn. */
  void resume(Http2Stream stream) {
    var waiting = resumed;
    if (waiting == null) {
      waiting = new ArrayDeque<>();
      resumed = waiting;
      out.wantDelivery();
    }
    waiting.add(stream);
  }

  /** Delivers to the streams that were resumed. */
  void deliver() {
    var waiting = resumed;
    resumed = null;
    if (waiting != null) {
      waiting.forEach(Http2Stream::deliver);
    }
  }
}
