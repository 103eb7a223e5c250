package dev.weir.http.server;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import dev.weir.http.coding.CompressionPolicy;
import dev.weir.loop.Loop;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange's way on the wire: what the versions of HTTP do differently. {@link Exchange} is
 * written against this. Loop thread.
 */
interface HttpCarrier {

  Loop loop();

  Carrier connection();

  /** The fields of the request. */
  Headers requestHeaders();

  /** When responses are compressed, or {@code null} for never. */
  @Nullable CompressionPolicy compression();

  /** Sends an interim response. */
  void inform(Status status, Headers headers);

  /**
   * Sends the head of the final response.
   *
   * @param length of the body in bytes, or -1 if its end tells
   * @param last whether nothing follows: neither body nor trailers
   */
  void head(Status status, Headers headers, long length, boolean last);

  /** Sends body bytes, as many as there is room for. */
  int write(ByteBuffer body);

  /** Ends the body. Called once, after the head, unless that was the last. */
  void end(@Nullable Headers trailers);

  /** Asks for {@link Exchange#writable()}. */
  void wantWritable();

  void flush();

  boolean transfer(FileRegion region, FileRegion.Done done);

  /** Whether the request offers to switch to another protocol. */
  boolean upgradable();

  /** The request's body is wanted, or not now. */
  void wantBody(boolean wanted);

  /** Hands what carried the exchange to another protocol. */
  void switchProtocol(
      Status status, Headers headers, @Nullable String protocol, StreamAcceptor next);

  /** Cuts the exchange. */
  void abort();
}
