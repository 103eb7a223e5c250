package dev.weir.http.h1;

import dev.weir.http.HeaderName;
import dev.weir.http.HttpVersion;
import dev.weir.http.fields.FieldTable;
import java.nio.charset.StandardCharsets;

/**
 * The options in the Connection fields (RFC 9110 7.6.1) that decide about the connection. Tokens
 * compare without case; everything else in them names fields for one hop, which is not ours here.
 */
final class ConnectionOptions {
  private static final int CLOSE = 1;
  private static final int KEEP_ALIVE = 2;
  private static final int UPGRADE = 4;

  private static final byte[] CLOSE_TOKEN = "close".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] KEEP_ALIVE_TOKEN = "keep-alive".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] UPGRADE_TOKEN = "upgrade".getBytes(StandardCharsets.ISO_8859_1);

  private ConnectionOptions() {}

  /** The options of all Connection fields together, for the questions below. */
  static int read(FieldTable fields) {
    int options = 0;
    int index = fields.find(HeaderName.CONNECTION, 0);
    while (index >= 0) {
      options |= read(fields.bytes(), fields.valueFrom(index), fields.valueTo(index));
      index = fields.find(HeaderName.CONNECTION, index + 1);
    }
    return options;
  }

  private static int read(byte[] bytes, int from, int to) {
    int options = 0;
    for (int i = from; i < to; i++) {
      while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
        i++;
      }
      int tokenFrom = i;
      while (i < to && bytes[i] != ',') {
        i++;
      }
      int tokenTo = i;
      while (tokenTo > tokenFrom && (bytes[tokenTo - 1] == ' ' || bytes[tokenTo - 1] == '\t')) {
        tokenTo--;
      }
      options |= option(bytes, tokenFrom, tokenTo);
    }
    return options;
  }

  private static int option(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case 5 -> Tokens.same(CLOSE_TOKEN, bytes, from, to) ? CLOSE : 0;
      case 7 -> Tokens.same(UPGRADE_TOKEN, bytes, from, to) ? UPGRADE : 0;
      case 10 -> Tokens.same(KEEP_ALIVE_TOKEN, bytes, from, to) ? KEEP_ALIVE : 0;
      default -> 0;
    };
  }

  /** RFC 9112 9.3: close ends it; 1.1 persists without being asked, 1.0 only if asked. */
  static boolean persists(int options, HttpVersion version) {
    return (options & CLOSE) == 0
        && (version == HttpVersion.HTTP_1_1 || (options & KEEP_ALIVE) != 0);
  }

  /** RFC 9110 7.8: an Upgrade field counts only with this option, and not in HTTP/1.0. */
  static boolean upgrades(int options, HttpVersion version) {
    return (options & UPGRADE) != 0 && version == HttpVersion.HTTP_1_1;
  }
}
