package dev.weir.http.server;

import dev.weir.http.HttpHandler;
import dev.weir.http.Method;

/**
 * What has routes: handlers by method and path. Routes are added and removed while requests are
 * served; any thread. See {@link dev.weir.http.routing.Router} for patterns.
 *
 * @param <S> what it is, which its methods answer
 */
public interface Routable<S extends Routable<S>> {

  /**
   * Answers one method at a path; GET answers HEAD too.
   *
   * @throws IllegalArgumentException if the pattern is malformed, or there is a route already
   */
  S on(Method method, String pattern, HttpHandler handler);

  /** Answers every method that has no route of its own at a path. */
  S any(String pattern, HttpHandler handler);

  /** Gives a path and everything below it to a handler, whatever the method. */
  S mount(String prefix, HttpHandler handler);

  /** Removes the routes at a pattern; requests that were matched before go on. */
  boolean remove(String pattern);

  /** Removes what was mounted at a prefix; requests that were matched before go on. */
  boolean unmount(String prefix);

  /** Answers GET, and so HEAD, at a path. */
  default S get(String pattern, HttpHandler handler) {
    return on(Method.GET, pattern, handler);
  }

  /** Answers POST at a path. */
  default S post(String pattern, HttpHandler handler) {
    return on(Method.POST, pattern, handler);
  }

  /** Answers PUT at a path. */
  default S put(String pattern, HttpHandler handler) {
    return on(Method.PUT, pattern, handler);
  }

  /** Answers DELETE at a path. */
  default S delete(String pattern, HttpHandler handler) {
    return on(Method.DELETE, pattern, handler);
  }
}
