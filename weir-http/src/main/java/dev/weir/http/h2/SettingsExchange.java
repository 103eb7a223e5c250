package dev.weir.http.h2;

import dev.weir.http.Http2Limits;
import java.nio.ByteBuffer;

/** SETTINGS both ways (RFC 9113 6.5): ours and their acknowledgment, and what the peer's change. */
final class SettingsExchange {
  private final boolean server;
  private final Http2Limits limits;
  private final int headerListLimit;
  private final Streams streams;
  private final SendFlow sending;
  private final SectionWriter sections;
  private final PeerSettings peer = new PeerSettings();
  private boolean received;
  private boolean acknowledged;

  /**
   * @param headerListLimit bytes of a field section, as RFC 9113 6.5.2 counts them
   * @param streams whose windows the peer's settings change
   */
  SettingsExchange(
      boolean server,
      Http2Limits limits,
      int headerListLimit,
      Streams streams,
      SendFlow sending,
      SectionWriter sections) {
    this.server = server;
    this.limits = limits;
    this.headerListLimit = headerListLimit;
    this.streams = streams;
    this.sending = sending;
    this.sections = sections;
  }

  /** Sends ours. */
  void announce(Outgoing out) {
    int[] settings = server ? ofServer() : ofClient();
    FrameWriter.settings(out.frame(FrameType.HEADER_BYTES + settings.length * 3), settings);
  }

  private int[] ofServer() {
    return new int[] {
      Setting.MAX_CONCURRENT_STREAMS,
      limits.concurrentStreams(),
      Setting.INITIAL_WINDOW_SIZE,
      limits.streamWindow(),
      Setting.MAX_HEADER_LIST_SIZE,
      headerListLimit,
      Setting.HEADER_TABLE_SIZE,
      limits.headerTableBytes(),
      Setting.ENABLE_CONNECT_PROTOCOL,
      1,
      Setting.NO_RFC7540_PRIORITIES,
      1
    };
  }

  private int[] ofClient() {
    return new int[] {
      Setting.ENABLE_PUSH,
      0,
      Setting.INITIAL_WINDOW_SIZE,
      limits.streamWindow(),
      Setting.MAX_HEADER_LIST_SIZE,
      headerListLimit,
      Setting.HEADER_TABLE_SIZE,
      limits.headerTableBytes()
    };
  }

  /** The peer has acknowledged ours. */
  void acknowledged() {
    acknowledged = true;
  }

  /** Whether it has (RFC 9113 6.5.3). */
  boolean areAcknowledged() {
    return acknowledged;
  }

  /** The peer's have come in a frame. */
  void receive(ByteBuffer pairs) {
    if (!received) {
      peer.begin();
    }
    apply(pairs);
    received = true;
  }

  /** Whether the peer's first have come. */
  boolean areReceived() {
    return received;
  }

  /** Takes pairs that count as the peer's SETTINGS. */
  void apply(ByteBuffer pairs) {
    int windowBefore = peer.initialWindow();
    while (pairs.hasRemaining()) {
      peer.set(pairs.getShort() & 0xffff, pairs.getInt(), !server);
      // One by one: the least of several sizes has to be told (RFC 7541 4.2).
      sections.peerTableSize(peer.headerTableSize());
    }
    int difference = peer.initialWindow() - windowBefore;
    if (difference != 0) {
      streams.forEach(stream -> sending.change(stream, difference));
    }
  }

  /** What the peer has announced. */
  PeerSettings peer() {
    return peer;
  }
}
