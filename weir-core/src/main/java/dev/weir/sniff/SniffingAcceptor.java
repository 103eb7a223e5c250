package dev.weir.sniff;

import dev.weir.net.StreamAcceptor;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks roles in order about the first bytes of each connection and hands it to the first that says
 * yes. The bytes are all still there when its handler is told {@link StreamHandler#opened}; they
 * come to it next.
 *
 * <pre>{@code
 * context.listen(address,
 *     SniffingAcceptor.of(Sniffers.TLS, tls)
 *         .then(Sniffers.HTTP_1, http)
 *         .otherwise(stream -> new OwnProtocol()));
 * }</pre>
 *
 * <p>A role that needs more bytes than have come keeps those after it waiting. It counts as no when
 * {@link #PEEK_LIMIT} or {@link #TIME_LIMIT} is reached or the client ends. Then whoever says yes
 * to what is there, or else {@link #otherwise}, has the connection. Immutable; any thread.
 */
public final class SniffingAcceptor implements StreamAcceptor {

  /** How many bytes are looked at, unless {@link #peekLimit} says something else. */
  public static final int PEEK_LIMIT = 8 * 1024;

  /** How long the bytes that decide may take, unless {@link #timeLimit} says something else. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  /** Refuses what it is asked about: without a role for it, such a connection is reset. */
  static final StreamAcceptor NOBODY = stream -> null;

  private final List<Role> roles;
  private final StreamAcceptor otherwise;
  private final @Nullable Silence silence;
  private final int peekLimit;
  private final Duration timeLimit;

  private SniffingAcceptor(
      List<Role> roles,
      StreamAcceptor otherwise,
      @Nullable Silence silence,
      int peekLimit,
      Duration timeLimit) {
    this.roles = roles;
    this.otherwise = otherwise;
    this.silence = silence;
    this.peekLimit = peekLimit;
    this.timeLimit = timeLimit;
  }

  /** Begins with the role that is asked first; what it does not know is reset. */
  public static SniffingAcceptor of(Sniffer sniffer, StreamAcceptor role) {
    return new SniffingAcceptor(
        List.of(new Role(sniffer, role)), NOBODY, null, PEEK_LIMIT, TIME_LIMIT);
  }

  /** Asks one more role, after those that are there. */
  public SniffingAcceptor then(Sniffer sniffer, StreamAcceptor role) {
    List<Role> more = Stream.concat(roles.stream(), Stream.of(new Role(sniffer, role))).toList();
    return new SniffingAcceptor(more, otherwise, silence, peekLimit, timeLimit);
  }

  /** Has {@code role} take what nobody knows. */
  public SniffingAcceptor otherwise(StreamAcceptor role) {
    return new SniffingAcceptor(roles, role, silence, peekLimit, timeLimit);
  }

  /**
   * Has {@code role} take connections on which nothing has come after {@code time}: those of a
   * protocol in which the server speaks first. Without one, they are reset at the time limit.
   */
  public SniffingAcceptor silentAfter(Duration time, StreamAcceptor role) {
    return new SniffingAcceptor(roles, otherwise, new Silence(time, role), peekLimit, timeLimit);
  }

  /**
   * Looks at so many bytes at most.
   *
   * @param bytes from 1 to {@link StreamHandler#MAX_LEFT}
   */
  public SniffingAcceptor peekLimit(int bytes) {
    if (bytes < 1 || bytes > StreamHandler.MAX_LEFT) {
      throw new IllegalArgumentException(
          "a peek limit is from 1 to " + StreamHandler.MAX_LEFT + ", not " + bytes);
    }
    return new SniffingAcceptor(roles, otherwise, silence, bytes, timeLimit);
  }

  /** Waits so long at most for the bytes that decide. */
  public SniffingAcceptor timeLimit(Duration time) {
    return new SniffingAcceptor(roles, otherwise, silence, peekLimit, time);
  }

  @Override
  public StreamHandler accept(ByteStream stream) {
    return new Sniffing(this);
  }

  List<Role> roles() {
    return roles;
  }

  StreamAcceptor otherwise() {
    return otherwise;
  }

  @Nullable Silence silence() {
    return silence;
  }

  int peekLimit() {
    return peekLimit;
  }

  Duration timeLimit() {
    return timeLimit;
  }

  /** Who is asked, and who takes what is known. */
  record Role(Sniffer sniffer, StreamAcceptor acceptor) {}

  /** Who takes a connection on which nothing comes, and when. */
  record Silence(Duration after, StreamAcceptor acceptor) {}
}
