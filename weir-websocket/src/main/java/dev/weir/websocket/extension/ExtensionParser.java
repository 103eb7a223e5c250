package dev.weir.websocket.extension;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of Sec-WebSocket-Extensions fields (RFC 6455 9.1):
 *
 * <pre>
 * extension-list  = 1#extension
 * extension       = extension-token *( ";" extension-param )
 * extension-param = token [ "=" (token | quoted-string) ]
 * </pre>
 *
 * <p>A quoted value must be a token once its quotes are gone. Space may stand between all of these,
 * and elements of the list may be empty, as in every list of HTTP (RFC 9110 5.6.1.2).
 */
public final class ExtensionParser {

  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  private final String text;
  private int at;

  private ExtensionParser(String text) {
    this.text = text;
  }

  /**
   * Reads all fields of a message, which together are one list.
   *
   * @param values the fields' values in order
   * @return the extensions in order of preference; empty only if there is no field
   * @throws IllegalArgumentException if a value does not follow the grammar; the message says where
   */
  public static List<Extension> parse(List<String> values) {
    var extensions = new ArrayList<Extension>();
    for (String value : values) {
      new ExtensionParser(value).list(extensions);
    }
    if (extensions.isEmpty() && !values.isEmpty()) {
      throw new IllegalArgumentException("an extension list without an extension");
    }
    return extensions;
  }

  private void list(List<Extension> extensions) {
    do {
      skipSpace();
      if (at < text.length() && text.charAt(at) != ',') {
        extensions.add(extension());
      }
    } while (takes(','));
    if (at < text.length()) {
      throw unexpected();
    }
  }

  private Extension extension() {
    String name = token();
    var parameters = new ArrayList<Extension.Parameter>();
    while (takes(';')) {
      skipSpace();
      String parameter = token();
      parameters.add(new Extension.Parameter(parameter, takes('=') ? value() : null));
    }
    return new Extension(name, parameters);
  }

  private @Nullable String value() {
    skipSpace();
    if (at == text.length() || text.charAt(at) != '"') {
      return token();
    }
    at++;
    var unquoted = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at == text.length() || !isTokenChar(text.charAt(at))) {
        throw unexpected();
      }
      unquoted.append(text.charAt(at++));
    }
    if (at == text.length() || unquoted.isEmpty()) {
      throw unexpected();
    }
    at++;
    return unquoted.toString();
  }

  private String token() {
    int start = at;
    while (at < text.length() && isTokenChar(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  /**
   * Tells whether a character may stand in a token (RFC 9110 5.6.2).
   *
   * @param c the character
   * @return whether it may
   */
  public static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_PUNCTUATION.indexOf(c) >= 0;
  }

  private boolean takes(char separator) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == separator;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        at == text.length()
            ? "extension list ends too early"
            : "extension list has an unexpected character at index " + at);
  }
}
