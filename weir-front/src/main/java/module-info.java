/** The front door: one place to start servers and clients of every role. */
module dev.weir {
  requires transitive dev.weir.http;
  requires transitive dev.weir.websocket;
  requires static transitive org.jspecify;

  exports dev.weir;
}
