package dev.weir.stream;

import dev.weir.loop.Loop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Everything ordered: a TCP or unix socket, TLS over another byte stream, a tunnel, one stream of a
 * multiplexed connection, or one end of a pair in memory. Roles are written against this and do not
 * know which they have.
 *
 * <p><b>Threading.</b> A stream lives on one {@link Loop} for life. Every method is called on that
 * loop's thread, save those that say "any thread"; every callback of its {@link StreamHandler}
 * comes there. Nothing here blocks. A callback is never made from inside a call of the application:
 * what a call sets off is delivered later in the same turn.
 *
 * <p><b>Out.</b> Bytes are copied by {@link #write} or placed by {@link #reserve}; they gather
 * during the turn and leave together at its end. When the carrier below takes no more, {@code
 * write} answers a short count and {@code reserve} {@code null}: ask for {@link
 * StreamHandler#writable} by {@link #wantWritable()} and go on from there. Nothing queues without
 * bound.
 *
 * <p><b>In.</b> {@link StreamHandler#received} is lent a view of the loop's scratch; see there.
 * {@link #pause()} stops deliveries and, once the carriers below are full, the peer.
 *
 * <p><b>Ends.</b> Each direction ends by itself. {@link #end()} ends ours after everything that was
 * accepted; {@link StreamHandler#ended} says that the peer ended theirs. {@link #close()} is
 * orderly, {@link #reset(long)} is not; after either, {@link StreamHandler#closed} is the last
 * call.
 */
public interface ByteStream {

  /** The loop this stream lives on. Any thread. */
  Loop loop();

  /** What is known of the connection that carries this stream. Any thread. */
  Carrier carrier();

  /**
   * Hands the stream to another consumer, as an upgrade does. Bytes that the old one left are
   * delivered to the new one, later in this turn, and behind them the peer's end if it has come.
   * {@link StreamHandler#opened} is not called again.
   */
  void handler(StreamHandler handler);

  /**
   * Copies as much of {@code src} as the stream takes now and advances its position by that.
   *
   * @return how many bytes were taken: 0 when the stream is full, ended or closed
   */
  int write(ByteBuffer src);

  /**
   * Room in the outgoing buffer itself, for encoders that would otherwise write into a buffer of
   * their own and have it copied. Write at the buffer's position, not before it nor past its limit:
   * what stands before the position when the next method of this stream is called, another stream
   * is written to, or the turn ends, has been accepted. The buffer belongs to the stream and must
   * not be kept.
   *
   * @param min how many bytes are needed, at most {@value #MAX_RESERVE}
   * @return a buffer with at least {@code min} bytes remaining, or {@code null} when the stream has
   *     no such room now, is ended or closed
   */
  @Nullable ByteBuffer reserve(int min);

  /** The most that {@link #reserve} may be asked for, in bytes. */
  int MAX_RESERVE = 32 * 1024;

  /**
   * Sends what has gathered without waiting for the end of the turn. Seldom useful: gathering is
   * what makes one system call out of many writes.
   */
  void flush();

  /**
   * Asks for one call of {@link StreamHandler#writable} when the stream can take bytes; later in
   * this turn if it can already.
   */
  void wantWritable();

  /** Whether accepted bytes are still waiting for the carrier below to take them. */
  boolean hasUnsent();

  /** Stops deliveries until {@link #resume()}. */
  void pause();

  /**
   * Ends a {@link #pause()}. Bytes that the handler had left come again, together with what has
   * arrived since.
   */
  void resume();

  /** Ends our direction after everything that was accepted. Reading goes on. */
  void end();

  /**
   * Closes in order: what was accepted is sent, our direction ends, what the peer still sends is
   * dropped until it ends too or {@link Carrier#LINGER_NANOS} have passed. Any thread.
   */
  void close();

  /**
   * Aborts at once in both directions; what has not been sent is dropped. Any thread.
   *
   * @param code the code that the carrier's protocol has for this, as in RFC 9113 7 and RFC 9000
   *     20; carriers without such codes (TCP) ignore it
   */
  void reset(long code);

  /**
   * Sends {@code count} bytes of a file from {@code position} without a copy through this process,
   * where the carrier can. The disk is read by a worker, never by the loop; until {@code done} is
   * called on the loop, the stream takes no other bytes.
   *
   * @return false if this carrier cannot (TLS, multiplexed streams): read the file and {@link
   *     #write}
   */
  default boolean transfer(FileRegion region, FileRegion.Done done) {
    return false;
  }
}
