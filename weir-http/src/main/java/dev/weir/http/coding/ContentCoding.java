package dev.weir.http.coding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A content coding (RFC 9110 8.4.1), in the server's order of preference: the densest first. */
public enum ContentCoding {
  /** Brotli (RFC 7932). */
  BROTLI("br"),
  /** Zstandard (RFC 8878, RFC 9659). */
  ZSTANDARD("zstd"),
  /** The gzip format (RFC 1952). */
  GZIP("gzip"),
  /** The zlib format (RFC 1950), as RFC 9110 8.4.1.2 has it. */
  DEFLATE("deflate");

  /** Those that the JDK can make while a response is being sent. */
  public static final List<ContentCoding> DYNAMIC = List.of(GZIP, DEFLATE);

  private static final Map<String, ContentCoding> BY_TOKEN =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(c -> c.token, c -> c));

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /** Its name in fields, in lower case. */
  public String token() {
    return token;
  }

  /** The coding of that name in any case, {@code x-gzip} included (RFC 9110 8.4.1.3), or null. */
  public static @Nullable ContentCoding of(String token) {
    String lower = token.toLowerCase(Locale.ROOT);
    return lower.equals("x-gzip") ? GZIP : BY_TOKEN.get(lower);
  }
}
