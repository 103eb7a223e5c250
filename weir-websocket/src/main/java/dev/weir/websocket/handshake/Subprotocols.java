package dev.weir.websocket.handshake;

import dev.weir.websocket.extension.ExtensionParser;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subprotocols (RFC 6455 1.9): names that both ends know, compared by case. */
final class Subprotocols {

  private Subprotocols() {}

  /** Tells whether these may be asked for: tokens, each once (RFC 6455 4.1). */
  static boolean areValid(List<String> names) {
    return new HashSet<>(names).size() == names.size()
        && names.stream().allMatch(Subprotocols::isToken);
  }

  private static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> ExtensionParser.isTokenChar((char) c));
  }

  /** Returns the first that is wanted and spoken, in the client's order, or null. */
  static @Nullable String choose(List<String> wanted, List<String> spoken) {
    for (String name : wanted) {
      if (spoken.contains(name)) {
        return name;
      }
    }
    return null;
  }
}
