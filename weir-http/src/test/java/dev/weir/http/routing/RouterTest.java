package dev.weir.http.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.http.Method;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  /** Every target is its method and pattern. */
  static Router<String> router() {
    var router = new Router<String>();
    for (String pattern :
        new String[] {
          "/time",
          "/users",
          "/users/",
          "/users/me",
          "/users/{id}",
          "/users/{id}/posts",
          "/users/{id}/posts/{post}",
          "/users/new/posts",
          "/files/*",
          "/files/special",
          "/deep/{a}/x/{b}/y",
          "/deep/{a}/x/*",
          "/café",
          "/100%",
          "/a b",
        }) {
      router.add(Method.GET, pattern, "GET " + pattern);
    }
    router.add(Method.POST, "/users", "POST /users");
    router.add(Method.DELETE, "/users/{id}", "DELETE /users/{id}");
    router.add(Method.HEAD, "/users/me", "HEAD /users/me");
    router.add(Method.OPTIONS, "/users/me", "OPTIONS /users/me");
    router.addAny("/proxy/*", "any /proxy/*");
    router.add(Method.PUT, "/proxy/*", "PUT /proxy/*");
    router.mount(Method.GET, "/docs", "mount /docs");
    router.mountAny("/app/", "mount /app");
    return router;
  }

  static String describe(RouteMatch<String> match) {
    return switch (match) {
      case RouteMatch.Found<String> found -> found.target();
      case RouteMatch.NotFound<String>() -> "404";
      case RouteMatch.MethodNotAllowed<String>(var allow) -> "405 " + allow;
      case RouteMatch.Options<String>(var allow) -> "204 " + allow;
      case RouteMatch.Malformed<String>() -> "400";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # fixed paths
          GET     | /time                  | GET /time
          GET     | /users                 | GET /users
          POST    | /users                 | POST /users
          GET     | /users/                | GET /users/
          GET     | /time/                 | 404
          GET     | /tim                   | 404
          GET     | /timed                 | 404
          GET     | /TIME                  | 404
          GET     | /                      | 404
          # parameters: literal text first, whatever the order
          GET     | /users/me              | GET /users/me
          GET     | /users/7               | GET /users/{id}
          DELETE  | /users/7               | DELETE /users/{id}
          GET     | /users/7/              | 404
          GET     | /users/7/posts         | GET /users/{id}/posts
          GET     | /users/new/posts       | GET /users/new/posts
          GET     | /users/me/posts        | GET /users/{id}/posts
          GET     | /users/me/posts/1      | GET /users/{id}/posts/{post}
          GET     | /users/new/posts/1     | GET /users/{id}/posts/{post}
          GET     | /users//posts          | 404
          GET     | /users/7/likes         | 404
          # the rest, which may be empty
          GET     | /files/                | GET /files/*
          GET     | /files/a               | GET /files/*
          GET     | /files/a/b/c           | GET /files/*
          GET     | /files//               | GET /files/*
          GET     | /files/special         | GET /files/special
          GET     | /files/special/x       | GET /files/*
          GET     | /files                 | 404
          GET     | /filesystem            | 404
          # back to the less specific pattern where the more specific one ends
          GET     | /deep/1/x/2/y          | GET /deep/{a}/x/{b}/y
          GET     | /deep/1/x/2/z          | GET /deep/{a}/x/*
          GET     | /deep/1/x/             | GET /deep/{a}/x/*
          GET     | /deep/1/x              | 404
          # methods
          PUT     | /time                  | 405 GET, HEAD, OPTIONS
          POST    | /time                  | 405 GET, HEAD, OPTIONS
          get     | /time                  | 405 GET, HEAD, OPTIONS
          BREW    | /time                  | 405 GET, HEAD, OPTIONS
          DELETE  | /users                 | 405 GET, HEAD, OPTIONS, POST
          DELETE  | /users/me              | 405 GET, HEAD, OPTIONS
          POST    | /users/7               | 405 DELETE, GET, HEAD, OPTIONS
          POST    | /nothing               | 404
          HEAD    | /time                  | GET /time
          HEAD    | /users/7               | GET /users/{id}
          HEAD    | /users/me              | HEAD /users/me
          OPTIONS | /time                  | 204 GET, HEAD, OPTIONS
          OPTIONS | /users/7               | 204 DELETE, GET, HEAD, OPTIONS
          OPTIONS | /users/me              | OPTIONS /users/me
          OPTIONS | /nothing               | 404
          OPTIONS | *                      | 204 DELETE, GET, HEAD, OPTIONS, POST, PUT
          GET     | *                      | 400
          # any method
          GET     | /proxy/x               | any /proxy/*
          BREW    | /proxy/x               | any /proxy/*
          OPTIONS | /proxy/x               | any /proxy/*
          HEAD    | /proxy/x               | any /proxy/*
          PUT     | /proxy/x               | PUT /proxy/*
          # mounts
          GET     | /docs                  | mount /docs
          GET     | /docs/                 | mount /docs
          GET     | /docs/a/b              | mount /docs
          GET     | /docsearch             | 404
          POST    | /docs/a                | 405 GET, HEAD, OPTIONS
          POST    | /app                   | mount /app
          GET     | /app/x                 | mount /app
          # percent-encoding is another spelling of the same path (RFC 3986 6.2.2)
          GET     | /%74ime                | GET /time
          GET     | /caf%C3%A9             | GET /café
          GET     | /100%25                | GET /100%
          GET     | /a%20b                 | GET /a b
          GET     | /users/%6De            | GET /users/me
          GET     | /users%2Fme            | 404
          GET     | /users/a%2Fb           | GET /users/{id}
          # paths that are none
          GET     | ''                     | 400
          GET     | time                   | 400
          GET     | /100%                  | 400
          GET     | /users/%zz             | 400
          GET     | /users/%ff             | 400
          GET     | /files/../time         | 400
          GET     | /files/%2e%2E/time     | 400
          GET     | /files/./a             | 400
          GET     | /files/..              | 400
          GET     | /..                    | 400
          GET     | /files/...             | GET /files/*
          """)
  void matches(String method, String path, String expected) {
    assertEquals(expected, describe(router().match(Method.of(method), path)));
  }

  @ParameterizedTest
  @CsvSource({
    "/users/7, id, 7",
    "/users/a%20b, id, a b",
    "/users/a%2Fb, id, a/b",
    "/users/caf%C3%A9, id, café",
    "/users/7/posts/9, id, 7",
    "/users/7/posts/9, post, 9",
    "/deep/1/x/2/y, b, 2",
    "/deep/1/x/2/z, a, 1",
  })
  void tellsParameters(String path, String name, String value) {
    assertEquals(value, found(router(), path).parameter(name));
  }

  @ParameterizedTest
  @CsvSource({
    "/files/, ''",
    "/files/a, a",
    "/files/a/b/, a/b/",
    "/files//a, /a",
    "/files/a%20b%2Fc, a%20b%2Fc",
    "/deep/1/x/2/z, 2/z",
    "/deep/1/x/, ''",
    "/docs, ''",
    "/docs/, ''",
    "/docs/a/b, a/b",
    "/time, ''",
    "/users/7, ''",
  })
  void tellsTheRest(String path, String rest) {
    assertEquals(rest, found(router(), path).rest());
  }

  @Test
  void rootMountTakesEverythingThatNothingElseTakes() {
    var router = new Router<String>().mountAny("/", "root").add(Method.GET, "/time", "time");
    assertEquals("root", found(router, "/").target());
    assertEquals("", found(router, "/").rest());
    assertEquals("a/b", found(router, "/a/b").rest());
    assertEquals("time", found(router, "/time").target());
    // The path chooses, then the method: no fall back to the mount.
    assertEquals("405 GET, HEAD, OPTIONS", describe(router.match(Method.POST, "/time")));
  }

  @Test
  void knowsThePatternItMatched() {
    assertEquals("/users/{id}", found(router(), "/users/7").pattern());
    assertThrows(
        IllegalArgumentException.class, () -> found(router(), "/users/7").parameter("post"));
    assertThrows(IllegalArgumentException.class, () -> found(router(), "/time").parameter("id"));
  }

  /** The same object each time: nothing is made for a fixed path, whatever the answer. */
  @ParameterizedTest
  @CsvSource({"GET,/time", "HEAD,/time", "POST,/time", "OPTIONS,/time", "OPTIONS,*"})
  void makesNothingForFixedPaths(String method, String path) {
    var router = router();
    assertSame(router.match(Method.of(method), path), router.match(Method.of(method), path));
  }

  @ParameterizedTest
  @CsvSource({"GET,/time", "HEAD,/time", "POST,/time", "GET,/users/me"})
  void allocatesNothingForFixedPaths(String name, String path) {
    var router = router();
    Method method = Method.of(name);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The best round counts: the first loads classes, and the compiler may come in at any time.
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        router.match(method, path);
      }
      allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(allocated < 1000, allocated + " bytes in 1000 lookups");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "users",
        "/a//b",
        "//",
        "/{}",
        "/{a",
        "/a}",
        "/x{a}",
        "/{a}y",
        "/{a}/{a}",
        "/*/a",
        "/a*",
        "/**",
        "/a?b",
        "/a#b",
        "/./a",
        "/a/..",
        "/{a b}",
        "/a\\b"
      })
  void refusesMalformedPatterns(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> new Router<String>().addAny(pattern, "x"));
  }

  @Test
  void refusesASecondRoute() {
    var router = router();
    assertThrows(IllegalArgumentException.class, () -> router.add(Method.GET, "/time", "another"));
    assertThrows(IllegalArgumentException.class, () -> router.addAny("/proxy/*", "another"));
    assertThrows(
        IllegalArgumentException.class, () -> router.mount(Method.GET, "/docs/", "another"));
    var names =
        assertThrows(
            IllegalArgumentException.class,
            () -> router.add(Method.PUT, "/users/{name}", "another"));
    assertTrue(names.getMessage().contains("/users/{id}"), names.getMessage());
    assertEquals("GET /time", found(router, "/time").target());
  }

  @Test
  void removes() {
    var router = router();
    assertTrue(router.remove("/users/me"));
    assertFalse(router.remove("/users/me"));
    assertEquals("GET /users/{id}", found(router, "/users/me").target());
    assertTrue(router.remove("/users/{whatever}"));
    assertInstanceOf(RouteMatch.NotFound.class, router.match(Method.GET, "/users/7"));
    assertEquals("GET /users/{id}/posts", found(router, "/users/7/posts").target());
    assertTrue(router.unmount("/docs/"));
    assertInstanceOf(RouteMatch.NotFound.class, router.match(Method.GET, "/docs"));
    assertInstanceOf(RouteMatch.NotFound.class, router.match(Method.GET, "/docs/a"));
  }

  @Test
  void isChangedWhileItIsUsed() throws InterruptedException {
    var router = new Router<String>().add(Method.GET, "/stays/{x}", "stays");
    var wrong = new int[1];
    var reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                if (!(router.match(Method.GET, "/stays/1") instanceof RouteMatch.Found)) {
                  wrong[0]++;
                }
              }
            });
    for (int i = 0; i < 500; i++) {
      router.add(Method.GET, "/stays/goes", "goes");
      router.remove("/stays/goes");
    }
    reader.interrupt();
    reader.join();
    assertEquals(0, wrong[0]);
  }

  private static RouteMatch.Found<String> found(Router<String> router, String path) {
    if (router.match(Method.GET, path) instanceof RouteMatch.Found<String> found) {
      return found;
    }
    throw new AssertionError("nothing found for " + path);
  }
}
