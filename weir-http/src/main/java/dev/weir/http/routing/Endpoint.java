package dev.weir.http.routing;

import dev.weir.http.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One pattern with what each method leads to. Immutable; its answers are made in advance. */
final class Endpoint<T> {
  private final PathPattern pattern;
  private final Map<Method, T> targets;
  private final @Nullable T anyTarget;

  /** What each method leads to. They are few, and mostly the first is meant: no hashing. */
  private final List<Answer<T>> answers = new ArrayList<>();

  private final RouteMatch.@Nullable Found<T> foundByAny;
  private final RouteMatch<T> options;
  private final RouteMatch<T> notAllowed;

  private Endpoint(PathPattern pattern, Map<Method, T> targets, @Nullable T anyTarget) {
    this.pattern = pattern;
    this.targets = targets;
    this.anyTarget = anyTarget;
    targets.forEach((method, target) ->
        answers.add(new Answer<>(method, new RouteMatch.Found<>(target, pattern))));
    var get = found(Method.GET);
    if (get != null && found(Method.HEAD) == null) {
      answers.add(new Answer<>(Method.HEAD, get));
    }
    foundByAny = anyTarget == null ? null : new RouteMatch.Found<>(anyTarget, pattern);
    String allow = String.join(", ", methods());
    options = new RouteMatch.Options<>(allow);
    notAllowed = new RouteMatch.MethodNotAllowed<>(allow);
  }

  static <T> Endpoint<T> of(PathPattern pattern) {
    return new Endpoint<>(pattern, Map.of(), null);
  }

  /** With one method more; null for all those that have no target of their own. */
  Endpoint<T> with(PathPattern samePattern, @Nullable Method method, T target) {
    if (!samePattern.equals(pattern)) {
      throw new IllegalArgumentException(
          "The path patterns "
              + samePattern.text()
              + " and "
              + pattern.text()
              + " match the same paths: give their parameters the same names");
    }
    if (method == null ? anyTarget != null : targets.containsKey(method)) {
      throw new IllegalArgumentException(
          "There is already a route for "
              + (method == null ? "any method" : method.toString())
              + " of "
              + pattern.text()
              + ": remove it first");
    }
    if (method == null) {
      return new Endpoint<>(pattern, targets, target);
    }
    var more = new LinkedHashMap<>(targets);
    more.put(method, target);
    return new Endpoint<>(pattern, more, anyTarget);
  }

  PathPattern pattern() {
    return pattern;
  }

  /** The names of the methods that it answers, in alphabetical order. */
  Set<String> methods() {
    var names = new TreeSet<String>();
    answers.forEach(answer -> names.add(answer.method.toString()));
    names.add(Method.OPTIONS.toString());
    return names;
  }

  /** Allocates nothing if the pattern is fixed. */
  RouteMatch<T> match(Method method, @Nullable RequestPath path) {
    var match = found(method);
    if (match == null) {
      match = foundByAny;
    }
    if (match != null) {
      return path == null ? match : match.by(path);
    }
    return method.equals(Method.OPTIONS) ? options : notAllowed;
  }

  private RouteMatch.@Nullable Found<T> found(Method method) {
    for (int i = 0; i < answers.size(); i++) {
      var answer = answers.get(i);
      if (answer.method.equals(method)) {
        return answer.found;
      }
    }
    return null;
  }

  private record Answer<T>(Method method, RouteMatch.Found<T> found) {}
}
