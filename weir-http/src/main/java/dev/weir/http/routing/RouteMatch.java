package dev.weir.http.routing;

import java.util.List;

/**
 * What a {@link Router} says of a request. Immutable.
 *
 * @param <T> what the router leads to
 */
public sealed interface RouteMatch<T> {

  /** There is a route. */
  final class Found<T> implements RouteMatch<T> {
    private final T target;
    private final PathPattern pattern;
    private final List<String> segments;
    private final String rest;

    private Found(T target, PathPattern pattern, List<String> segments, String rest) {
      this.target = target;
      this.pattern = pattern;
      this.segments = segments;
      this.rest = rest;
    }

    Found(T target, PathPattern pattern) {
      this(target, pattern, List.of(), "");
    }

    /** The same route, reached by this path. */
    Found<T> by(RequestPath path) {
      return new Found<>(
          target,
          pattern,
          path.segments(),
          pattern.wildcard() ? path.rest(pattern.segments().size()) : "");
    }

    /** Where the route leads. */
    public T target() {
      return target;
    }

    /** The pattern that matched, as it was added: a good name for statistics. */
    public String pattern() {
      return pattern.text();
    }

    /**
     * The text of the path's segment for {@code {name}}, percent-decoded, so that it may hold any
     * character, even a slash.
     *
     * @throws IllegalArgumentException if the pattern has no such parameter
     */
    public String parameter(String name) {
      int index = pattern.segments().indexOf(new PathPattern.Segment.Parameter(name));
      if (index < 0) {
        throw new IllegalArgumentException(
            "The path pattern " + pattern.text() + " has no parameter " + name);
      }
      return segments.get(index);
    }

    /**
     * What the closing {@code *} of the pattern took, without a slash before it and still
     * percent-encoded, since it may have several segments; empty if the pattern has no {@code *}.
     */
    public String rest() {
      return rest;
    }

    @Override
    public String toString() {
      return "Found[" + pattern.text() + " -> " + target + ']';
    }
  }

  /** No route has this path: 404 (RFC 9110 15.5.5). */
  record NotFound<T>() implements RouteMatch<T> {}

  /**
   * There is a route for the path, but not for this method: 405 (RFC 9110 15.5.6).
   *
   * @param allow the value of the Allow field that the answer must have
   */
  record MethodNotAllowed<T>(String allow) implements RouteMatch<T> {}

  /**
   * The request asks with OPTIONS which methods there are, and no route answers that itself (RFC
   * 9110 9.3.7): 204 with Allow.
   *
   * @param allow the value of the Allow field
   */
  record Options<T>(String allow) implements RouteMatch<T> {}

  /** The path is no path, or has dot segments or malformed percent-encoding: 400. */
  record Malformed<T>() implements RouteMatch<T> {}
}
