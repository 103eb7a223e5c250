package dev.weir.websocket.extension;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An extension as it is offered or accepted (RFC 6455 9.1), as in {@code permessage-deflate;
 * client_max_window_bits=10}.
 *
 * @param name the extension's token, as it came
 * @param parameters in order, with whatever was repeated
 */
public record Extension(String name, List<Parameter> parameters) {

  /**
   * A parameter.
   *
   * @param name its token, as it came
   * @param value its value without quotes, a token too; null if there is none
   */
  public record Parameter(String name, @Nullable String value) {}

  /** Copies the list. */
  public Extension {
    parameters = List.copyOf(parameters);
  }

  /** Writes it as a field value holds it. */
  @Override
  public String toString() {
    var text = new StringBuilder(name);
    for (Parameter parameter : parameters) {
      text.append("; ").append(parameter.name);
      if (parameter.value != null) {
        text.append('=').append(parameter.value);
      }
    }
    return text.toString();
  }
}
