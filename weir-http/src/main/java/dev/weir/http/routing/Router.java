package dev.weir.http.routing;

import dev.weir.http.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what answers a request, by method and path.
 *
 * <p>A pattern is a path in plain, decoded text. A segment {@code {name}} takes any one segment
 * that is not empty; {@code *} as the last segment takes the rest, perhaps nothing, but not the
 * slash before it. The most specific pattern wins, segment by segment from the left: literal text,
 * then a parameter, then {@code *}; the order in which routes were added plays no part. The path
 * alone chooses the pattern, then the method is looked for there: if it is missing the answer is
 * 405 with Allow, even if a less specific pattern has it. HEAD goes where GET goes, and OPTIONS is
 * answered here, each unless it has a route of its own (RFC 9110 9.3.2, 9.3.7).
 *
 * <p>Any thread may use a router at any time. A change makes a new table and publishes it whole;
 * requests see the routes before or after it. A match by a pattern without parameters takes one
 * hash lookup and allocates nothing.
 *
 * @param <T> what the routes lead to
 */
public final class Router<T> {
  private volatile RouteTable<T> table = RouteTable.empty();

  /** A router without routes. */
  public Router() {}

  /**
   * Adds a route for one method.
   *
   * @return this router
   * @throws IllegalArgumentException if the pattern is malformed, there is a route already, or a
   *     pattern of the same shape has other parameter names
   */
  public Router<T> add(Method method, String pattern, T target) {
    return add(List.of(PathPattern.parse(pattern)), method, target);
  }

  /**
   * Adds a route for every method that has no route of its own at this pattern, OPTIONS included.
   *
   * @return this router
   * @throws IllegalArgumentException as for {@link #add}
   */
  public Router<T> addAny(String pattern, T target) {
    return add(List.of(PathPattern.parse(pattern)), null, target);
  }

  /**
   * Adds routes for one method for a prefix itself and everything below it: {@code /docs} takes
   * {@code /docs}, {@code /docs/} and {@code /docs/a/b}, but not {@code /docsearch}. What is below
   * is in {@link RouteMatch.Found#rest()}.
   *
   * @param prefix {@code /} or a pattern; a closing slash makes no difference
   * @return this router
   * @throws IllegalArgumentException as for {@link #add}
   */
  public Router<T> mount(Method method, String prefix, T target) {
    return add(mountPatterns(prefix), method, target);
  }

  /**
   * Mounts for every method, as {@link #mount} does for one.
   *
   * @return this router
   * @throws IllegalArgumentException as for {@link #add}
   */
  public Router<T> mountAny(String prefix, T target) {
    return add(mountPatterns(prefix), null, target);
  }

  /**
   * Removes the routes of all methods at one pattern. Requests that were matched before go on.
   *
   * @return whether there were any
   */
  public boolean remove(String pattern) {
    return remove(List.of(PathPattern.parse(pattern)));
  }

  /**
   * Removes what was mounted at a prefix, for all methods.
   *
   * @return whether anything was
   */
  public boolean unmount(String prefix) {
    return remove(mountPatterns(prefix));
  }

  /**
   * Finds the route of a request.
   *
   * @param path of the request target, percent-encoded and without query, or {@code *} (RFC 9112
   *     3.2.4)
   */
  public RouteMatch<T> match(Method method, String path) {
    return table.match(method, path);
  }

  private synchronized Router<T> add(
      List<PathPattern> patterns, @Nullable Method method, T target) {
    table = table.with(patterns, method, target);
    return this;
  }

  private synchronized boolean remove(List<PathPattern> patterns) {
    RouteTable<T> before = table;
    table = before.without(patterns);
    return table != before;
  }

  private static List<PathPattern> mountPatterns(String prefix) {
    String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    PathPattern below = PathPattern.parse(bare + "/*");
    return bare.isEmpty() ? List.of(below) : List.of(PathPattern.parse(bare), below);
  }
}
