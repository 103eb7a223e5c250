package dev.weir.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits PEM text into its blocks (RFC 7468), strictly: base64 alone between the lines, labels that
 * match, padding where it belongs. Text outside of the blocks is explanatory and passes.
 */
final class PemReader {
  /** Most bytes of one text: the bundle of a whole operating system has a quarter of this. */
  static final int MAX_BYTES = 1 << 20;

  /** Most blocks of one text. */
  static final int MAX_BLOCKS = 1000;

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int PKCS12_OR_DER = 0x30;

  private final String source;
  private final String[] lines;
  private final List<PemBlock> blocks = new ArrayList<>();
  private int next;

  private PemReader(String source, String text) {
    this.source = source;
    this.lines = text.split("\r\n|\n|\r", -1);
  }

  /** Reads a file; blocks. */
  static List<PemBlock> read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw tooLong(file.toString());
      }
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Reads bytes that came from {@code source}, which errors will name. */
  static List<PemBlock> read(String source, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw tooLong(source);
    }
    if (bytes.length > 1 && bytes[0] == PKCS12_OR_DER && bytes[1] < 0) {
      throw new PemError(
          source, 1, "this is binary (DER or PKCS#12), not PEM; load PKCS#12 as such, or convert");
    }
    return new PemReader(source, new String(bytes, StandardCharsets.ISO_8859_1)).blocks();
  }

  private static PemError tooLong(String source) {
    return new PemError(source, 1, "longer than the " + MAX_BYTES + " bytes that PEM may have");
  }

  private List<PemBlock> blocks() {
    while (next < lines.length) {
      String line = lines[next++];
      if (line.startsWith(BEGIN)) {
        if (blocks.size() == MAX_BLOCKS) {
          throw error("more than " + MAX_BLOCKS + " blocks");
        }
        blocks.add(block(label(line, BEGIN)));
      } else if (line.startsWith(END)) {
        throw error("END without BEGIN");
      } else if (line.contains(BEGIN)) {
        throw error("BEGIN is not at the start of its line");
      }
    }
    return blocks;
  }

  private PemBlock block(String label) {
    int begin = next;
    Map<String, String> headers = headers();
    var base64 = new StringBuilder();
    boolean padded = false;
    while (next < lines.length) {
      String line = lines[next++];
      if (line.startsWith(END)) {
        if (!label(line, END).equals(label)) {
          throw error("END " + label(line, END) + " closes BEGIN " + label);
        }
        return new PemBlock(label, headers, decode(base64), source, begin);
      }
      String content = line.stripTrailing();
      if (padded && !content.isEmpty()) {
        throw error("base64 goes on after its padding");
      }
      checkBase64(content);
      padded |= content.endsWith("=");
      base64.append(content);
    }
    throw new PemError(source, begin, "BEGIN " + label + " has no END");
  }

  /** Takes the {@code Name: value} lines and the empty line after them (RFC 1421 4.4), if any. */
  private Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    while (next < lines.length && lines[next].indexOf(':') > 0) {
      String line = lines[next++];
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    if (!headers.isEmpty() && next < lines.length && !lines[next++].isBlank()) {
      throw error("expected an empty line after the headers");
    }
    return headers;
  }

  private String label(String line, String prefix) {
    String rest = line.stripTrailing();
    if (!rest.endsWith(DASHES) || rest.length() <= prefix.length() + DASHES.length()) {
      throw error("expected " + prefix + "LABEL" + DASHES);
    }
    String label = rest.substring(prefix.length(), rest.length() - DASHES.length());
    if (!label.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw error("the label has characters that are not ASCII");
    }
    return label;
  }

  private void checkBase64(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      boolean padding = c == '=' && i >= content.length() - 2;
      if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/' && !padding) {
        throw error("character 0x%02x in column %d is not base64".formatted((int) c, i + 1));
      }
    }
  }

  private byte[] decode(CharSequence base64) {
    if (base64.isEmpty()) {
      throw error("the block is empty");
    }
    if (base64.length() % 4 != 0) {
      throw error("base64 of " + base64.length() + " characters is not a multiple of 4");
    }
    try {
      return Base64.getDecoder().decode(base64.toString());
    } catch (IllegalArgumentException e) {
      throw new PemError(source, next, "base64 is malformed: " + e.getMessage(), e);
    }
  }

  private PemError error(String message) {
    return new PemError(source, next, message);
  }
}
