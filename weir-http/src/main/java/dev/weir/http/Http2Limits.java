package dev.weir.http;

import dev.weir.net.Validity;
import java.time.Duration;

/**
 * What one HTTP/2 connection may ask of this side (RFC 9113 10.5), beside the {@link HttpLimits} of
 * every message. Whoever passes one of the budgets, which are so much at once and so much a second
 * after that, has the connection closed by ENHANCE_YOUR_CALM.
 *
 * @param concurrentStreams streams that the peer may have open; one more is refused
 * @param headerBlockBytes a field section before it is decompressed
 * @param continuations CONTINUATION frames of one field section
 * @param headerTableBytes memory of the decompressor, as RFC 7541 4.1 counts it
 * @param streamWindow bytes that are held for a stream whose handler does not take them, at first
 * @param streamWindowMost to what that may grow with the bandwidth-delay product
 * @param connectionWindow bytes that are held for all streams together, at first
 * @param connectionWindowMost to what that may grow
 * @param resets streams that the peer may open and reset (CVE-2023-44487) at once
 * @param resetsPerSecond and in the long run
 * @param provokedResets streams that the peer may have reset by breaking their rules
 *     (CVE-2025-8671) at once
 * @param provokedResetsPerSecond and in the long run
 * @param idleFrames frames that carry nothing (SETTINGS, PING, PRIORITY, empty DATA and the like)
 *     at once
 * @param idleFramesPerSecond and in the long run
 * @param queuedControlBytes answers to the peer's frames that it does not read
 * @param validity how long a peer that says nothing is taken for alive: then it is sent a PING (RFC
 *     9113 6.7), and if that is not answered the connection ends
 */
public record Http2Limits(
    int concurrentStreams,
    int headerBlockBytes,
    int continuations,
    int headerTableBytes,
    int streamWindow,
    int streamWindowMost,
    int connectionWindow,
    int connectionWindowMost,
    int resets,
    int resetsPerSecond,
    int provokedResets,
    int provokedResetsPerSecond,
    int idleFrames,
    int idleFramesPerSecond,
    int queuedControlBytes,
    Validity.Policy validity) {

  /** The least that a window may be: what every window is before SETTINGS (RFC 9113 6.9.2). */
  public static final int LEAST_WINDOW = 65_535;

  /** What holds unless something else is asked for. */
  public static final Http2Limits DEFAULTS = new Builder().build();

  /** Checks that every limit lets something through. */
  public Http2Limits {
    atLeast(1, concurrentStreams, "concurrentStreams");
    atLeast(1 << 10, headerBlockBytes, "headerBlockBytes");
    atLeast(0, continuations, "continuations");
    atLeast(0, headerTableBytes, "headerTableBytes");
    atLeast(LEAST_WINDOW, streamWindow, "streamWindow");
    atLeast(streamWindow, streamWindowMost, "streamWindowMost");
    atLeast(LEAST_WINDOW, connectionWindow, "connectionWindow");
    atLeast(connectionWindow, connectionWindowMost, "connectionWindowMost");
    atLeast(1, resets, "resets");
    atLeast(1, resetsPerSecond, "resetsPerSecond");
    atLeast(1, provokedResets, "provokedResets");
    atLeast(1, provokedResetsPerSecond, "provokedResetsPerSecond");
    atLeast(1, idleFrames, "idleFrames");
    atLeast(1, idleFramesPerSecond, "idleFramesPerSecond");
    atLeast(1 << 10, queuedControlBytes, "queuedControlBytes");
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
    }
  }

  /** The defaults, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets limits one by one; what is not set has its default. */
  public static final class Builder {
    private int concurrentStreams = 128;
    private int headerBlockBytes = 32 << 10;
    private int continuations = 16;
    private int headerTableBytes = 4 << 10;
    private int streamWindow = LEAST_WINDOW;
    private int streamWindowMost = 4 << 20;
    private int connectionWindow = 1 << 20;
    private int connectionWindowMost = 8 << 20;
    private int resets = 500;
    private int resetsPerSecond = 50;
    private int provokedResets = 100;
    private int provokedResetsPerSecond = 10;
    private int idleFrames = 1000;
    private int idleFramesPerSecond = 100;
    private int queuedControlBytes = 64 << 10;
    private Validity.Policy validity =
        new Validity.Policy(Duration.ofSeconds(60), Duration.ofSeconds(75));

    private Builder() {}

    /** Sets {@link Http2Limits#concurrentStreams}. */
    public Builder concurrentStreams(int count) {
      concurrentStreams = count;
      return this;
    }

    /** Sets {@link Http2Limits#headerBlockBytes}. */
    public Builder headerBlockBytes(int bytes) {
      headerBlockBytes = bytes;
      return this;
    }

    /** Sets {@link Http2Limits#continuations}. */
    public Builder continuations(int count) {
      continuations = count;
      return this;
    }

    /** Sets {@link Http2Limits#headerTableBytes}. */
    public Builder headerTableBytes(int bytes) {
      headerTableBytes = bytes;
      return this;
    }

    /** Sets {@link Http2Limits#streamWindow} and {@link Http2Limits#streamWindowMost}. */
    public Builder streamWindow(int bytes, int most) {
      streamWindow = bytes;
      streamWindowMost = most;
      return this;
    }

    /** Sets {@link Http2Limits#connectionWindow} and {@link Http2Limits#connectionWindowMost}. */
    public Builder connectionWindow(int bytes, int most) {
      connectionWindow = bytes;
      connectionWindowMost = most;
      return this;
    }

    /** Sets {@link Http2Limits#resets} and {@link Http2Limits#resetsPerSecond}. */
    public Builder resets(int burst, int perSecond) {
      resets = burst;
      resetsPerSecond = perSecond;
      return this;
    }

    /** Sets {@link Http2Limits#provokedResets} and {@link Http2Limits#provokedResetsPerSecond}. */
    public Builder provokedResets(int burst, int perSecond) {
      provokedResets = burst;
      provokedResetsPerSecond = perSecond;
      return this;
    }

    /** Sets {@link Http2Limits#idleFrames} and {@link Http2Limits#idleFramesPerSecond}. */
    public Builder idleFrames(int burst, int perSecond) {
      idleFrames = burst;
      idleFramesPerSecond = perSecond;
      return this;
    }

    /** Sets {@link Http2Limits#queuedControlBytes}. */
    public Builder queuedControlBytes(int bytes) {
      queuedControlBytes = bytes;
      return this;
    }

    /** Sets {@link Http2Limits#validity}. */
    public Builder validity(Validity.Policy policy) {
      validity = policy;
      return this;
    }

    /**
     * The limits.
     *
     * @throws IllegalArgumentException if one would let nothing through
     */
    public Http2Limits build() {
      return new Http2Limits(
          concurrentStreams,
          headerBlockBytes,
          continuations,
          headerTableBytes,
          streamWindow,
          streamWindowMost,
          connectionWindow,
          connectionWindowMost,
          resets,
          resetsPerSecond,
          provokedResets,
          provokedResetsPerSecond,
          idleFrames,
          idleFramesPerSecond,
          queuedControlBytes,
          validity);
    }
  }
}
