/** Loops, byte streams, datagrams, listeners, connectors, timers, TLS and the raw role. */
module dev.weir.core {
  requires static jdk.jfr;
  requires static transitive org.jspecify;

  exports dev.weir.loop;
  exports dev.weir.loop.spi;
  exports dev.weir.names;
  exports dev.weir.net;
  exports dev.weir.raw;
  exports dev.weir.sniff;
  exports dev.weir.stream;
  exports dev.weir.stream.spi;
  exports dev.weir.tls;

  uses dev.weir.loop.spi.LoopProvider;
  uses dev.weir.tls.TlsProvider;

  provides dev.weir.loop.spi.LoopProvider with
      dev.weir.loop.nio.NioProvider;
  provides dev.weir.tls.TlsProvider with
      dev.weir.tls.jsse.JsseProvider;
}
