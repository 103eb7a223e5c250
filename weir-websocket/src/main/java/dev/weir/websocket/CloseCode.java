package dev.weir.websocket;

/**
 * The status codes of a Close frame (RFC 6455 7.4 and the registry it founds).
 *
 * <p>Codes from 3000 to 3999 are registered by libraries and frameworks, 4000 to 4999 are free for
 * private use; both travel like the ones named here.
 */
public final class CloseCode {

  /** The purpose of the connection is fulfilled. */
  public static final int NORMAL = 1000;

  /** The endpoint goes away: a server shuts down, a page is left. */
  public static final int GOING_AWAY = 1001;

  /** The peer broke the protocol. */
  public static final int PROTOCOL_ERROR = 1002;

  /** A kind of data came that this endpoint cannot take, as binary where only text is known. */
  public static final int UNSUPPORTED_DATA = 1003;

  /** Never sent: stands for a Close frame that carried no code. */
  public static final int NO_STATUS = 1005;

  /** Never sent: stands for a connection that ended without a Close frame. */
  public static final int ABNORMAL = 1006;

  /** A message did not hold what its type promises: text that is not UTF-8, broken compression. */
  public static final int INVALID_PAYLOAD = 1007;

  /** A message violates the endpoint's policy, and no other code fits. */
  public static final int POLICY_VIOLATION = 1008;

  /** A message is larger than the endpoint takes. */
  public static final int MESSAGE_TOO_BIG = 1009;

  /** The client needs an extension that the server did not accept. */
  public static final int MANDATORY_EXTENSION = 1010;

  /** The endpoint met a condition that keeps it from fulfilling the request. */
  public static final int INTERNAL_ERROR = 1011;

  /** The service restarts; a client may reconnect after a random delay. */
  public static final int SERVICE_RESTART = 1012;

  /** The service is overloaded. */
  public static final int TRY_AGAIN_LATER = 1013;

  /** A gateway got an invalid answer from the server behind it. */
  public static final int BAD_GATEWAY = 1014;

  /** Never sent: stands for a TLS handshake that failed. */
  public static final int TLS_HANDSHAKE = 1015;

  private CloseCode() {}

  /**
   * Tells whether a Close frame may carry {@code code} (RFC 6455 7.4.1, 7.4.2).
   *
   * @param code a code as sent or received
   * @return false for codes that are reserved, unassigned or out of range
   */
  public static boolean mayTravel(int code) {
    return switch (code) {
      case 1004, NO_STATUS, ABNORMAL -> false;
      default -> (code >= NORMAL && code <= BAD_GATEWAY) || (code >= 3000 && code <= 4999);
    };
  }
}
