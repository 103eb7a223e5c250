/** HTTP semantics, HTTP/1.1, files and the HTTP client. */
@SuppressWarnings("module") // dev.weir.websocket is compiled after this module
module dev.weir.http {
  requires transitive dev.weir.core;
  requires static transitive org.jspecify;

  exports dev.weir.http;
  exports dev.weir.http.client;
  exports dev.weir.http.coding;
  exports dev.weir.http.files;
  exports dev.weir.http.h1 to
      dev.weir.websocket;
  exports dev.weir.http.routing;
  exports dev.weir.http.server;
}
