package dev.weir.http.coding;

import java.util.Locale;
import java.util.Set;

/**
 * Which media types shrink when they are compressed: text, and data written like text. Images,
 * films and archives are compressed already, and doing it again costs time and bytes.
 */
public final class CompressibleTypes {
  private static final Set<String> EXACT =
      Set.of(
          "application/javascript",
          "application/json",
          "application/ld+json",
          "application/x-javascript",
          "application/x-ndjson",
          "application/xml",
          "application/xml-dtd",
          "application/yaml",
          "application/toml",
          "application/sql",
          "application/graphql",
          "application/rtf",
          "application/wasm",
          "application/vnd.apple.mpegurl",
          "application/vnd.ms-fontobject",
          "application/postscript",
          "font/otf",
          "font/ttf",
          "image/bmp",
          "image/x-icon",
          "model/gltf-binary");

  private CompressibleTypes() {}

  /**
   * Whether a body of this type is worth compressing. A stream of events is not: what an event
   * saves in bytes it would lose in waiting for the block to fill.
   *
   * @param contentType the value of Content-Type, in any case, with or without parameters
   */
  public static boolean contains(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    return EXACT.contains(type)
        || type.endsWith("+json")
        || type.endsWith("+xml")
        || (type.startsWith("text/") && !type.equals("text/event-stream"));
  }
}
