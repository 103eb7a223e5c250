package dev.weir.bench.report;

/** What is measured. */
public enum Metric {
  /** Requests, messages or connections a second. */
  PER_SECOND("/s", true),
  /** The same, for each second of CPU that the server spent: what designs are compared by. */
  PER_CPU_SECOND("/CPU s", true),
  /** The share of the round that the server was busy: far below 1, it waited for the load. */
  BUSY("busy", true),
  /** Median latency, in microseconds. */
  P50("p50 us", false),
  /** Latency of the slowest hundredth, in microseconds. */
  P99("p99 us", false),
  /** Bytes that a JVM allocated for each. */
  ALLOCATED("B alloc", false),
  /** Resident bytes of the server under this load. */
  RESIDENT("B resident", false),
  /** System calls for each. */
  SYSTEM_CALLS("syscalls", false),
  /** Heap bytes of an idle connection. */
  HEAP_EACH("B heap/conn", false),
  /** Resident bytes of an idle connection. */
  RESIDENT_EACH("B resident/conn", false),
  /** Milliseconds from exec to the first reply. */
  FIRST_REPLY("ms", false),
  /** Seconds of load until nine tenths of the steady rate. */
  WARM_UP("s", false),
  /** Bytes of a peer's jars. */
  JARS("B jars", false);

  private final String unit;
  private final boolean moreIsBetter;

  Metric(String unit, boolean moreIsBetter) {
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  /** Heads its column. */
  public String unit() {
    return unit;
  }

  /** Whether the best of several rounds is the greatest. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}
