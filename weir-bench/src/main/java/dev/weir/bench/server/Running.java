package dev.weir.bench.server;

/**
 * A server that serves.
 *
 * @param plain the port of HTTP/1.1 without TLS
 * @param tls the port with TLS
 * @param h2c the port of HTTP/2 without TLS, by prior knowledge; may be {@code plain}; 0 for none
 * @param end stops it
 */
record Running(int plain, int tls, int h2c, AutoCloseable end) implements AutoCloseable {

  static final int NONE = 0;

  @Override
  public void close() {
    try {
      end.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not end", e);
    }
  }
}
