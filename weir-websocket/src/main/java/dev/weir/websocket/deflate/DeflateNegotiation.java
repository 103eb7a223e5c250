package dev.weir.websocket.deflate;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.extension.Extension;
import dev.weir.websocket.extension.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates permessage-deflate (RFC 7692 5, 7.1), from the settings of either end.
 *
 * <p>As every window size can be kept when compressing (see {@link MessageDeflater}) and none
 * matters when inflating, whatever is offered well-formed can be accepted.
 */
public final class DeflateNegotiation {

  /** The extension's name (RFC 7692 7). */
  public static final String NAME = "permessage-deflate";

  private static final int UNLIMITED = DeflateSettings.MOST_WINDOW_BITS;

  /**
   * A server's choice.
   *
   * @param response what the server answers
   * @param parameters what it means
   */
  public record Accepted(Extension response, DeflateParameters parameters) {}

  private DeflateNegotiation() {}

  /**
   * Accepts the first offer that is well-formed.
   *
   * @param offers all extensions the client offers, in its order of preference
   * @param settings the server's
   * @return the server's choice, or null if it declines all offers
   */
  public static @Nullable Accepted accept(List<Extension> offers, DeflateSettings settings) {
    for (Extension offer : offers) {
      if (offer.name().equalsIgnoreCase(NAME)) {
        OfferedParameters offered = OfferedParameters.read(offer, false);
        if (offered != null) {
          return accept(offered, settings);
        }
      }
    }
    return null;
  }

  private static Accepted accept(OfferedParameters offered, DeflateSettings settings) {
    var agreed =
        new DeflateParameters(
            offered.serverNoContextTakeover() || !settings.ownTakeover(),
            offered.clientNoContextTakeover() || !settings.peerTakeover(),
            Math.min(offered.serverMaxWindowBits(), settings.ownWindowBits()),
            offered.clientBitsNamed()
                ? Math.min(offered.clientMaxWindowBits(), settings.peerWindowBits())
                : UNLIMITED);
    var response = new ArrayList<Parameter>();
    if (agreed.serverNoContextTakeover()) {
      response.add(new Parameter(OfferedParameters.SERVER_NO_TAKEOVER, null));
    }
    if (agreed.clientNoContextTakeover()) {
      response.add(new Parameter(OfferedParameters.CLIENT_NO_TAKEOVER, null));
    }
    if (agreed.serverMaxWindowBits() < UNLIMITED || offered.serverBitsNamed()) {
      response.add(bits(OfferedParameters.SERVER_BITS, agreed.serverMaxWindowBits()));
    }
    if (agreed.clientMaxWindowBits() < UNLIMITED) {
      response.add(bits(OfferedParameters.CLIENT_BITS, agreed.clientMaxWindowBits()));
    }
    return new Accepted(new Extension(NAME, response), agreed);
  }

  /**
   * Makes a client's offer.
   *
   * @param settings the client's
   * @return what the client sends
   */
  public static Extension offer(DeflateSettings settings) {
    var parameters = new ArrayList<Parameter>();
    if (!settings.peerTakeover()) {
      parameters.add(new Parameter(OfferedParameters.SERVER_NO_TAKEOVER, null));
    }
    if (!settings.ownTakeover()) {
      parameters.add(new Parameter(OfferedParameters.CLIENT_NO_TAKEOVER, null));
    }
    if (settings.peerWindowBits() < UNLIMITED) {
      parameters.add(bits(OfferedParameters.SERVER_BITS, settings.peerWindowBits()));
    }
    parameters.add(
        settings.ownWindowBits() < UNLIMITED
            ? bits(OfferedParameters.CLIENT_BITS, settings.ownWindowBits())
            : new Parameter(OfferedParameters.CLIENT_BITS, null));
    return new Extension(NAME, parameters);
  }

  /**
   * Checks a server's answer to {@link #offer}.
   *
   * @param response the extension that the server accepted
   * @param settings the client's, as they were when it offered
   * @return what was agreed
   * @throws IllegalArgumentException if the server did not keep to the offer or to RFC 7692 7.1;
   *     the connection must be failed then
   */
  public static DeflateParameters agree(Extension response, DeflateSettings settings) {
    OfferedParameters answer = OfferedParameters.read(response, true);
    if (answer == null) {
      throw new IllegalArgumentException("invalid parameters in " + response);
    }
    if (!settings.peerTakeover() && !answer.serverNoContextTakeover()) {
      throw new IllegalArgumentException("server_no_context_takeover was offered, not " + response);
    }
    if (answer.serverMaxWindowBits() > settings.peerWindowBits()) {
      throw new IllegalArgumentException(
          "server_max_window_bits=" + settings.peerWindowBits() + " was offered, not " + response);
    }
    if (answer.clientMaxWindowBits() > settings.ownWindowBits() && answer.clientBitsNamed()) {
      throw new IllegalArgumentException(
          "client_max_window_bits=" + settings.ownWindowBits() + " was offered, not " + response);
    }
    return new DeflateParameters(
        answer.serverNoContextTakeover(),
        answer.clientNoContextTakeover(),
        answer.serverMaxWindowBits(),
        answer.clientMaxWindowBits());
  }

  private static Parameter bits(String name, int bits) {
    return new Parameter(name, Integer.toString(bits));
  }
}
