package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer is for the caller, or another request follows it: where a redirect leads (RFC
 * 9110 15.4), or the same without an expectation that failed (RFC 9110 10.1.1) or on another
 * connection (RFC 9110 15.5.20). The body of such an answer is dropped, which keeps the connection
 * usable, if it is short. Loop thread.
 */
final class Following {

  private final RedirectChain redirects;

  /** The request that comes after the answer which is being dropped, or {@code null}. */
  private @Nullable Request next;

  private int dropped;

  /** Whether the request has been sent again, on a connection of its own origin. */
  private boolean misdirected;

  Following(RedirectChain redirects) {
    this.redirects = redirects;
  }

  /**
   * Looks at the head of an answer.
   *
   * @return whether another request follows
   * @throws CallException if one should, and must not
   */
  boolean decide(Request request, Attempt by, Status answer, Headers fields) {
    if (answer.equals(Status.EXPECTATION_FAILED)
        && request.expectContinue()
        && (!by.bodyBegun() || request.canSendAgain())) {
      next = request.withoutExpect();
      return true;
    }
    if (answer.equals(Status.MISDIRECTED_REQUEST)
        && !misdirected
        && (!by.bodyBegun() || request.canSendAgain())) {
      misdirected = true;
      next = request;
      return true;
    }
    return switch (redirects.next(answer, fields.get(HeaderName.LOCATION))) {
      case RedirectChain.Decision.Deliver() -> false;
      case RedirectChain.Decision.Refuse(String reason) -> throw refused(request, answer, reason);
      case RedirectChain.Decision.Follow to -> {
        if (to.content() && by.bodyBegun() && !request.canSendAgain()) {
          throw refused(request, answer, "its body can be sent only once");
        }
        next = request.follow(to);
        yield true;
      }
    };
  }

  private static CallException refused(Request request, Status answer, String reason) {
    return new CallException(
        CallException.Reason.REDIRECT,
        "%s %s was answered by %s and not redirected: %s"
            .formatted(request.method(), request.target(), answer, reason),
        null);
  }

  /** Whether another request follows the answer that is coming. */
  boolean pending() {
    return next != null;
  }

  /** Drops bytes of the answer; false if there are more of them than is worth reading. */
  boolean drop(ByteBuffer bytes) {
    dropped += bytes.remaining();
    bytes.position(bytes.limit());
    return dropped <= HttpClient.DROPPED_BODY_BYTES;
  }

  /** The request that follows, once. */
  @Nullable Request take() {
    Request following = next;
    clear();
    return following;
  }

  void clear() {
    next = null;
    dropped = 0;
  }
}
