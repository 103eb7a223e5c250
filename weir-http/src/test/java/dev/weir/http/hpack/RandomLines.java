package dev.weir.http.hpack;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lists of lines as messages have them, seeded: some of it constant, some new, some odd. */
final class RandomLines {
  private static final String[] NAMES = {
    ":method",
    ":path",
    ":status",
    ":authority",
    ":protocol",
    "accept",
    "content-type",
    "date",
    "cookie",
    "set-cookie",
    "authorization",
    "proxy-authorization",
    "refresh",
    "x-own",
    "x-other",
    "sec-fetch-mode",
    "a",
    "X-Malformed",
    ":unknown",
  };

  private final Random random;

  RandomLines(long seed) {
    random = new Random(seed);
  }

  List<Line> list() {
    var lines = new ArrayList<Line>();
    for (int n = random.nextInt(20); n > 0; n--) {
      var name = NAMES[random.nextInt(NAMES.length)];
      boolean secret = LineName.of(name).header() != null && random.nextInt(10) == 0;
      var value = value();
      lines.add(secret || isSecret(name, value) ? Line.secret(name, value) : Line.of(name, value));
    }
    return lines;
  }

  private static boolean isSecret(String name, String value) {
    return name.endsWith("authorization") || (name.endsWith("cookie") && value.length() < 20);
  }

  private String value() {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "GET";
      case 2 -> "x".repeat(random.nextInt(300));
      case 3 -> "\u00e4\u00ff".repeat(random.nextInt(100));
      case 4 -> "y".repeat(random.nextInt(5000));
      case 5 -> "new/" + random.nextInt();
      default -> "value-" + random.nextInt(30);
    };
  }
}
