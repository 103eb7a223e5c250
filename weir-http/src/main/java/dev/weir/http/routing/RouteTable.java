package dev.weir.http.routing;

import dev.weir.http.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All routes at one moment. Never changed once it is published.
 *
 * <p>The most specific pattern wins, segment by segment from the left: literal text before a
 * parameter before {@code *}. Which method it was plays no part, so a path has one endpoint.
 */
final class RouteTable<T> {
  private final Map<String, Endpoint<T>> byShape;
  private final Map<String, Endpoint<T>> fixed = new HashMap<>();
  private final Node<T> tree = new Node<>();
  private final RouteMatch<T> notFound = new RouteMatch.NotFound<>();
  private final RouteMatch<T> malformed = new RouteMatch.Malformed<>();
  private final RouteMatch<T> serverOptions;

  private RouteTable(Map<String, Endpoint<T>> byShape) {
    this.byShape = byShape;
    var methods = new TreeSet<>(List.of(Method.OPTIONS.toString()));
    for (var endpoint : byShape.values()) {
      methods.addAll(endpoint.methods());
      PathPattern pattern = endpoint.pattern();
      // A request has a literal percent sign encoded, so that text cannot be looked up as it is.
      if (pattern.isFixed() && pattern.text().indexOf('%') < 0) {
        fixed.put(pattern.text(), endpoint);
      }
      tree.add(pattern, endpoint);
    }
    serverOptions = new RouteMatch.Options<>(String.join(", ", methods));
  }

  static <T> RouteTable<T> empty() {
    return new RouteTable<>(Map.of());
  }

  /** With one route more; the method is null if the route is for every other method. */
  RouteTable<T> with(Collection<PathPattern> patterns, @Nullable Method method, T target) {
    var more = new LinkedHashMap<>(byShape);
    for (PathPattern pattern : patterns) {
      Endpoint<T> before = more.get(pattern.shape());
      more.put(
          pattern.shape(),
          (before == null ? Endpoint.<T>of(pattern) : before).with(pattern, method, target));
    }
    return new RouteTable<>(more);
  }

  /** Without the routes of these patterns; the same table if there are none. */
  RouteTable<T> without(Collection<PathPattern> patterns) {
    var less = new LinkedHashMap<>(byShape);
    patterns.forEach(pattern -> less.remove(pattern.shape()));
    return less.size() == byShape.size() ? this : new RouteTable<>(less);
  }

  RouteMatch<T> match(Method method, String path) {
    Endpoint<T> direct = fixed.get(path);
    if (direct != null) {
      return direct.match(method, null);
    }
    if (path.equals("*") && method.equals(Method.OPTIONS)) {
      return serverOptions;
    }
    RequestPath request = RequestPath.parse(path);
    if (request == null) {
      return malformed;
    }
    Endpoint<T> endpoint = tree.find(request.segments(), 0);
    return endpoint == null ? notFound : endpoint.match(method, request);
  }

  /** What may follow after some segments. */
  private static final class Node<T> {
    private final Map<String, Node<T>> literals = new HashMap<>();
    private @Nullable Node<T> parameter;
    private @Nullable Endpoint<T> here;
    private @Nullable Endpoint<T> wildcard;

    void add(PathPattern pattern, Endpoint<T> endpoint) {
      Node<T> node = this;
      for (PathPattern.Segment segment : pattern.segments()) {
        node = node.child(segment);
      }
      if (pattern.wildcard()) {
        node.wildcard = endpoint;
      } else {
        node.here = endpoint;
      }
    }

    private Node<T> child(PathPattern.Segment segment) {
      return switch (segment) {
        case PathPattern.Segment.Literal(var text) ->
            literals.computeIfAbsent(text, key -> new Node<>());
        case PathPattern.Segment.Parameter parameterSegment -> {
          if (parameter == null) {
            parameter = new Node<>();
          }
          yield parameter;
        }
      };
    }

    /**
     * As deep as the patterns are long, whatever the request: depth is not the peer's to choose.
     */
    @Nullable Endpoint<T> find(List<String> segments, int at) {
      if (at == segments.size()) {
        return here;
      }
      String segment = segments.get(at);
      Node<T> literal = literals.get(segment);
      Endpoint<T> found = literal == null ? null : literal.find(segments, at + 1);
      if (found == null && parameter != null && !segment.isEmpty()) {
        found = parameter.find(segments, at + 1);
      }
      return found == null ? wildcard : found;
    }
  }
}
