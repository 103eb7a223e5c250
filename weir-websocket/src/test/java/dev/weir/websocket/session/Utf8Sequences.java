package dev.weir.websocket.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that are UTF-8 and texts that are not, by the sections 6.5 to 6.23 of the case list. */
public final class Utf8Sequences {

  /** One text. */
  public record Sequence(boolean valid, String hex) {
    /** Returns the text's octets. */
    public byte[] bytes() {
      return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
  }

  private static final String PREFIXED = "ceba e1bdb9 cf83 cebc ceb5";

  private Utf8Sequences() {}

  /** Returns the texts by the number of their section. */
  public static Map<Integer, List<Sequence>> bySection() {
    var all = new LinkedHashMap<Integer, List<Sequence>>();
    all.put(
        5,
        valid(
            "68656c6c6f24776f726c64",
            "68656c6c6fc2a2776f726c64",
            "68656c6c6fe282ac776f726c64",
            "68656c6c6ff0a4ada2776f726c64",
            PREFIXED));
    all.put(6, prefixes());
    all.put(7, valid("00", "c280", "e0a080", "f0908080"));
    all.put(8, wrong("f888808080", "fc8480808080"));
    all.put(9, valid("7f", "dfbf", "efbfbf", "f48fbfbf"));
    all.put(10, wrong("f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"));
    all.put(11, both(valid("ed9fbf", "ee8080", "efbfbd", "f48fbfbf"), wrong("f4908080")));
    all.put(12, strayContinuations());
    all.put(13, lonelyStarts());
    String[] cut = {
      "c0", "e080", "f08080", "f8808080", "fc80808080",
      "df", "efbf", "f7bfbf", "fbbfbfbf", "fdbfbfbfbf"
    };
    all.put(14, wrong(cut));
    all.put(15, wrong(String.join("", cut)));
    all.put(16, wrong("fe", "ff", "fefeffff"));
    all.put(17, wrong("c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"));
    all.put(18, wrong("c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"));
    all.put(19, wrong("c080", "e08080", "f0808080", "f880808080", "fc8080808080"));
    all.put(20, wrong("eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"));
    all.put(21, surrogatePairs());
    all.put(22, nonCharacters());
    all.put(23, valid("efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf"));
    return all;
  }

  private static List<Sequence> prefixes() {
    String whole = PREFIXED.replace(" ", "");
    int[] boundaries = {2, 5, 7, 9, 11};
    var prefixes = new ArrayList<Sequence>();
    for (int length = 1; length <= whole.length() / 2; length++) {
      boolean complete = Arrays.binarySearch(boundaries, length) >= 0;
      prefixes.add(new Sequence(complete, whole.substring(0, 2 * length)));
    }
    return prefixes;
  }

  private static List<Sequence> strayContinuations() {
    var every = new StringBuilder();
    for (int octet = 0x80; octet <= 0xBF; octet++) {
      every.append(Integer.toHexString(octet));
    }
    return wrong(
        "80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf", every.toString());
  }

  private static List<Sequence> lonelyStarts() {
    int[][] ranges = {{0xC0, 0xDF}, {0xE0, 0xEF}, {0xF0, 0xF7}, {0xF8, 0xFB}, {0xFC, 0xFD}};
    var starts = new ArrayList<Sequence>();
    for (int[] range : ranges) {
      var spaced = new StringBuilder();
      for (int octet = range[0]; octet <= range[1]; octet++) {
        spaced.append(Integer.toHexString(octet)).append("20");
      }
      starts.addAll(wrong(spaced.toString()));
    }
    return starts;
  }

  private static List<Sequence> surrogatePairs() {
    var pairs = new ArrayList<Sequence>();
    for (String high : List.of("eda080", "edadbf", "edae80", "edafbf")) {
      pairs.addAll(wrong(high + "edb080", high + "edbfbf"));
    }
    return pairs;
  }

  /** U+FFFE and U+FFFF of every plane: no characters, but well-formed. */
  private static List<Sequence> nonCharacters() {
    var all = new ArrayList<Sequence>();
    for (int plane = 0; plane <= 0x10; plane++) {
      for (int last = 0xFFFE; last <= 0xFFFF; last++) {
        String character = Character.toString(plane << 16 | last);
        all.add(
            new Sequence(
                true, HexFormat.of().formatHex(character.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return all;
  }

  private static List<Sequence> valid(String... hex) {
    return Arrays.stream(hex).map(h -> new Sequence(true, h)).toList();
  }

  private static List<Sequence> wrong(String... hex) {
    return Arrays.stream(hex).map(h -> new Sequence(false, h)).toList();
  }

  private static List<Sequence> both(List<Sequence> first, List<Sequence> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
