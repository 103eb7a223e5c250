package dev.weir.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One end of one TLS connection: records in, application bytes out, and the other way round. It
 * touches no socket, thread or timer and keeps no buffer while idle; its carrier lends both buffers
 * for the time of a call.
 *
 * <p>How a carrier drives it:
 *
 * <ul>
 *   <li>when bytes arrive, {@link #unwrap} until it asks for input; whenever it answers {@link
 *       TlsStatus#WANT_WRAP}, {@link #wrap} with what there is to send, or an empty buffer, and go
 *       on. Bytes left in the source are kept by the carrier, at most {@link #maxRetained()};
 *   <li>a client starts with {@code wrap};
 *   <li>on {@link TlsStatus#TASK}, run {@link #task()} on any thread; meanwhile touch nothing else
 *       of the engine; come back to the loop's thread and go on;
 *   <li>on a {@link TlsError}, {@code wrap} with an empty buffer until it answers {@link
 *       TlsStatus#CLOSED}, send those bytes, and close the transport;
 *   <li>when the transport ends, {@link #endOfInput()}.
 * </ul>
 *
 * <p>{@link #handshakeComplete()} may become true in either call. Bytes that the same {@code
 * unwrap} delivered belong to the application.
 *
 * <p>For one thread at a time. Buffers may be direct or on the heap, and must not overlap.
 */
public interface TlsEngine extends AutoCloseable {
  /**
   * Takes records from {@code net} and puts their application bytes into {@code app}, as many as
   * are there and fit.
   *
   * @return never {@link TlsStatus#OK}
   * @throws TlsError if the connection failed; the same one again if it had failed before
   */
  TlsStatus unwrap(ByteBuffer net, ByteBuffer app);

  /**
   * Puts what the engine itself has to send into {@code net}, then records with the bytes of {@code
   * app}, as many as fit. Give {@link #maxRecord()} bytes of room at least.
   *
   * @return never {@link TlsStatus#WANT_WRAP}
   * @throws TlsError if the connection failed; not after it had failed before
   */
  TlsStatus wrap(ByteBuffer app, ByteBuffer net);

  /**
   * Returns the computation that {@link TlsStatus#TASK} announced: signatures, key agreement,
   * judging a chain. It takes milliseconds, does no I/O, throws nothing (its failure is thrown by
   * the next call) and is to be run exactly once.
   */
  Runnable task();

  /**
   * Ends the outgoing direction: the next {@link #wrap} puts close_notify and answers {@link
   * TlsStatus#CLOSED}. In TLS 1.3 the peer may go on sending (RFC 8446 6.1).
   */
  void closeOutbound();

  /**
   * Tells that the transport will bring no more bytes.
   *
   * @throws TlsError.Truncated if the peer had not sent close_notify
   */
  void endOfInput();

  /** Returns whether the handshake is complete, and so {@link #session()} available. */
  boolean handshakeComplete();

  /**
   * Returns what was agreed.
   *
   * @throws IllegalStateException before the handshake is complete
   */
  TlsSession session();

  /** Returns the host_name of the ClientHello as soon as it is known; null before, or if none. */
  @Nullable String serverName();

  /** Returns the room in bytes that {@link #wrap} wants in {@code net} to make any record. */
  int maxRecord();

  /** Returns the room in bytes that {@link #unwrap} wants in {@code app} to open any record. */
  int maxPlaintext();

  /**
   * Returns the most bytes that {@link #unwrap} leaves in {@code net} while it asks for more: an
   * incomplete record, or an incomplete ClientHello.
   */
  int maxRetained();

  /** Frees what the library holds; sends nothing. May be called at any time, and again. */
  @Override
  void close();
}
