/** Loops, byte streams, datagrams, listeners, connectors, timers, TLS and the raw role. */
module dev.weir.core {
  requires static org.jspecify;
}
