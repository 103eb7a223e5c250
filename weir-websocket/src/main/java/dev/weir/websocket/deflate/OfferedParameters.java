package dev.weir.websocket.deflate;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.extension.Extension;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one offer or one response, as they were written (RFC 7692 7.1).
 *
 * @param serverBitsNamed whether {@code server_max_window_bits} was there
 * @param clientBitsNamed whether {@code client_max_window_bits} was there, with or without a value
 */
record OfferedParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits,
    boolean serverBitsNamed,
    boolean clientBitsNamed) {

  static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
  static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
  static final String SERVER_BITS = "server_max_window_bits";
  static final String CLIENT_BITS = "client_max_window_bits";

  private static final int INVALID = -1;

  /**
   * Reads parameters.
   *
   * @param response whether this is a server's response, in which every size has a value
   * @return null if any is unknown, repeated, or has a value that it must not have
   */
  static @Nullable OfferedParameters read(Extension extension, boolean response) {
    boolean serverNoTakeover = false;
    boolean clientNoTakeover = false;
    int serverBits = 0;
    int clientBits = 0;
    for (Extension.Parameter parameter : extension.parameters()) {
      String value = parameter.value();
      boolean valid;
      switch (parameter.name()) {
        case SERVER_NO_TAKEOVER -> {
          valid = !serverNoTakeover && value == null;
          serverNoTakeover = true;
        }
        case CLIENT_NO_TAKEOVER -> {
          valid = !clientNoTakeover && value == null;
          clientNoTakeover = true;
        }
        case SERVER_BITS -> {
          valid = serverBits == 0;
          serverBits = bits(value, INVALID);
        }
        case CLIENT_BITS -> {
          valid = clientBits == 0;
          clientBits = bits(value, response ? INVALID : DeflateSettings.MOST_WINDOW_BITS);
        }
        default -> valid = false;
      }
      if (!valid || serverBits == INVALID || clientBits == INVALID) {
        return null;
      }
    }
    return new OfferedParameters(
        serverNoTakeover,
        clientNoTakeover,
        serverBits == 0 ? DeflateSettings.MOST_WINDOW_BITS : serverBits,
        clientBits == 0 ? DeflateSettings.MOST_WINDOW_BITS : clientBits,
        serverBits != 0,
        clientBits != 0);
  }

  /** Reads 8 to 15 without leading zeros (RFC 7692 7.1.2). */
  private static int bits(@Nullable String value, int withoutValue) {
    if (value == null) {
      return withoutValue;
    }
    return switch (value) {
      case "8", "9", "10", "11", "12", "13", "14", "15" -> Integer.parseInt(value);
      default -> INVALID;
    };
  }
}
