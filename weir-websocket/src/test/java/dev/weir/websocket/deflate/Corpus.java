package dev.weir.websocket.deflate;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Data to compress, made from seeds: each compresses in a way of its own. */
public enum Corpus {
  /** Repeats itself at all distances, as JSON does. */
  JSON {
    @Override
    void fill(StringBuilder text, Random random) {
      text.append("{\"id\":").append(random.nextInt(100_000));
      text.append(",\"name\":\"").append(word(random)).append(' ').append(word(random));
      text.append("\",\"tags\":[\"").append(word(random)).append("\",\"").append(word(random));
      text.append("\"],\"score\":").append(random.nextInt(1000) / 10.0).append("}\n");
    }
  },
  /** Words without structure. */
  PROSE {
    @Override
    void fill(StringBuilder text, Random random) {
      text.append(word(random)).append(random.nextInt(12) == 0 ? ". " : " ");
    }
  },
  /** Nested, with long tags that come again and again. */
  MARKUP {
    @Override
    void fill(StringBuilder text, Random random) {
      String tag = word(random);
      text.append("<div class=\"").append(tag).append("\"><").append(tag).append('>');
      text.append(word(random)).append("</").append(tag).append("></div>\n");
    }
  },
  /** Does not compress at all. */
  NOISE {
    @Override
    void fill(StringBuilder text, Random random) {
      for (int i = 0; i < 64; i++) {
        text.append((char) random.nextInt(256));
      }
    }
  },
  /** One octet over and over. */
  RUN {
    @Override
    void fill(StringBuilder text, Random random) {
      text.append("*".repeat(64));
    }
  };

  abstract void fill(StringBuilder text, Random random);

  /** Makes so many bytes. */
  public byte[] bytes(int length, long seed) {
    var random = new Random(seed);
    var text = new StringBuilder(length + 256);
    while (text.length() < length) {
      fill(text, random);
    }
    text.setLength(length);
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    var letters = new Random(random.nextInt(400) * 31L);
    for (int i = 2 + letters.nextInt(8); i > 0; i--) {
      word.append((char) ('a' + letters.nextInt(26)));
    }
    return word.toString();
  }
}
