package dev.weir.bench.run;

import java.io.IOException;

/** CPU time of a server while it was under load, and what it allocated. */
final class Used implements Load.Meter {
  private final Server server;
  private final boolean jvm;
  private double cpuSeconds;
  private long allocated;

  /**
   * Of a server.
   *
   * @param jvm whether it can be asked what it allocates
   */
  Used(Server server, boolean jvm) {
    this.server = server;
    this.jvm = jvm;
  }

  @Override
  public void begins() throws IOException {
    allocated = jvm ? server.ask("allocated") : 0;
    cpuSeconds = server.cpuSeconds();
  }

  @Override
  public void ends() throws IOException {
    cpuSeconds = server.cpuSeconds() - cpuSeconds;
    allocated = jvm ? server.ask("allocated") - allocated : 0;
  }

  /** CPU time of all its threads. */
  double cpuSeconds() {
    return cpuSeconds;
  }

  /** Bytes that all its threads allocated; 0 if it is no JVM. */
  long allocated() {
    return allocated;
  }
}
