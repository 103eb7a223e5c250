package dev.weir.http.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A path pattern: {@code /users}, {@code /users/{id}}, {@code /files/*}.
 *
 * @param text as it was written
 * @param segments what stands between the slashes, without the wildcard
 * @param wildcard whether a {@code *} follows, which takes the rest of the path
 */
record PathPattern(String text, List<Segment> segments, boolean wildcard) {

  /** What one segment of a path must be. */
  sealed interface Segment {
    /** Exactly this text, decoded; empty only as the last one, after a closing slash. */
    record Literal(String text) implements Segment {}

    /** Any text but none. */
    record Parameter(String name) implements Segment {}
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw bad(text, "must start with a slash");
    }
    String[] parts = text.substring(1).split("/", -1);
    var segments = new ArrayList<Segment>(parts.length);
    var names = new HashSet<String>();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      boolean last = i == parts.length - 1;
      if (part.equals("*") && last) {
        return new PathPattern(text, List.copyOf(segments), true);
      }
      Segment segment = segment(text, part);
      if (segment instanceof Segment.Parameter(var name) && !names.add(name)) {
        throw bad(text, "names the parameter " + name + " twice");
      }
      if (part.isEmpty() && !last) {
        throw bad(text, "has an empty segment");
      }
      segments.add(segment);
    }
    return new PathPattern(text, List.copyOf(segments), false);
  }

  private static Segment segment(String pattern, String part) {
    if (part.startsWith("{") && part.endsWith("}") && part.length() > 2) {
      String name = part.substring(1, part.length() - 1);
      if (name.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '-')) {
        return new Segment.Parameter(name);
      }
    }
    if (part.chars().anyMatch(c -> "{}*?#\\".indexOf(c) >= 0 || c < ' ')) {
      throw bad(
          pattern,
          "may have {name} as a whole segment and * as the last one, and no other { } * ? # \\");
    }
    if (part.equals(".") || part.equals("..")) {
      throw bad(pattern, "has a dot segment, which no request has (RFC 3986 5.2.4)");
    }
    return new Segment.Literal(part);
  }

  private static IllegalArgumentException bad(String pattern, String problem) {
    return new IllegalArgumentException("The path pattern " + pattern + " " + problem);
  }

  /** Whether it matches one path only. */
  boolean isFixed() {
    return !wildcard && segments.stream().allMatch(Segment.Literal.class::isInstance);
  }

  /** The pattern with its parameters nameless: patterns of one shape match the same paths. */
  String shape() {
    var shape = new StringBuilder();
    for (Segment segment : segments) {
      shape.append('/').append(segment instanceof Segment.Literal(var literal) ? literal : "{}");
    }
    return wildcard ? shape.append("/*").toString() : shape.toString();
  }
}
