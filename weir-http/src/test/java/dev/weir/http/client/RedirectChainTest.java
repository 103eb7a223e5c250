package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.TargetUri;
import dev.weir.http.client.RedirectChain.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectChainTest {
  private static RedirectChain chain(RedirectPolicy policy, String method, String target) {
    return policy.start(Method.of(method), TargetUri.parse(target));
  }

  private static Decision.Follow follow(RedirectChain chain, int status, String location) {
    return assertInstanceOf(Decision.Follow.class, chain.next(Status.of(status), location));
  }

  /** RFC 9110 15.4.2 to 15.4.9. */
  @ParameterizedTest
  @CsvSource({
    "301, GET, GET, true",
    "301, HEAD, HEAD, true",
    "301, POST, GET, false",
    "301, PUT, PUT, true",
    "302, GET, GET, true",
    "302, POST, GET, false",
    "302, DELETE, DELETE, true",
    "303, GET, GET, true",
    "303, HEAD, HEAD, true",
    "303, POST, GET, false",
    "303, PUT, GET, false",
    "303, DELETE, GET, false",
    "307, GET, GET, true",
    "307, POST, POST, true",
    "307, PUT, PUT, true",
    "308, POST, POST, true",
    "308, PATCH, PATCH, true",
  })
  void keepsOrChangesTheMethod(int status, String before, String after, boolean content) {
    var next = follow(chain(RedirectPolicy.DEFAULT, before, "http://a.example/x"), status, "/y");
    assertEquals(Method.of(after), next.method());
    assertEquals(content, next.content());
    assertEquals("http://a.example/y", next.target().toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 300, 304, 305, 306, 400, 404, 500})
  void deliversWhatIsNoRedirect(int status) {
    assertInstanceOf(
        Decision.Deliver.class,
        chain(RedirectPolicy.DEFAULT, "GET", "http://a.example/").next(Status.of(status), "/y"));
  }

  @Test
  void deliversARedirectWithoutLocationOrIfNoneIsWanted() {
    assertInstanceOf(
        Decision.Deliver.class,
        chain(RedirectPolicy.DEFAULT, "GET", "http://a.example/").next(Status.FOUND, null));
    assertInstanceOf(
        Decision.Deliver.class,
        chain(RedirectPolicy.NONE, "GET", "http://a.example/").next(Status.FOUND, "/y"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/, /y, true",
    "https://a.example/, https://a.example:443/y, true",
    "https://a.example/, https://A.EXAMPLE/y, true",
    "https://a.example/, https://b.example/, false",
    "https://a.example/, https://www.a.example/, false",
    "https://a.example/, https://a.example:8443/, false",
    "https://a.example/, //b.example/, false",
    "http://a.example/, https://a.example/, false",
  })
  void showsCredentialsToTheirOriginAlone(String from, String to, boolean credentials) {
    assertEquals(
        credentials, follow(chain(RedirectPolicy.DEFAULT, "GET", from), 302, to).credentials());
  }

  @Test
  void credentialsDoNotComeBack() {
    var chain = chain(RedirectPolicy.DEFAULT, "GET", "https://a.example/");
    assertFalse(follow(chain, 302, "https://evil.example/").credentials());
    assertFalse(follow(chain, 302, "https://a.example/other").credentials());
  }

  @Test
  void goesFromTlsToNoneOnlyIfAllowed() {
    var refused =
        assertInstanceOf(
            Decision.Refuse.class,
            chain(RedirectPolicy.DEFAULT, "GET", "https://a.example/")
                .next(Status.FOUND, "http://a.example/"));
    assertTrue(refused.reason().contains("no TLS"), refused.reason());
    var allowed = RedirectPolicy.DEFAULT.allowingDowngrade();
    var next = follow(chain(allowed, "GET", "https://a.example/"), 302, "http://a.example/");
    assertFalse(next.credentials());
    assertEquals(1, hopsAfterUpgrade());
  }

  private static int hopsAfterUpgrade() {
    var chain = chain(RedirectPolicy.DEFAULT, "GET", "http://a.example/");
    follow(chain, 301, "https://a.example/");
    return chain.hops();
  }

  @Test
  void countsHops() {
    var chain = chain(RedirectPolicy.DEFAULT, "GET", "http://a.example/");
    for (int i = 0; i < RedirectPolicy.DEFAULT_MAX_HOPS; i++) {
      follow(chain, 302, "/" + i);
    }
    assertEquals(10, chain.hops());
    var refused = assertInstanceOf(Decision.Refuse.class, chain.next(Status.FOUND, "/more"));
    assertEquals("more than 10 redirects in a row", refused.reason());
    assertInstanceOf(Decision.Deliver.class, chain.next(Status.OK, null));
  }

  @Test
  void noticesACircleButLetsACookieBeSet() {
    var chain = chain(RedirectPolicy.DEFAULT.withMaxHops(100), "GET", "http://a.example/");
    follow(chain, 302, "/");
    var refused = assertInstanceOf(Decision.Refuse.class, chain.next(Status.FOUND, "/"));
    assertTrue(refused.reason().contains("circle"), refused.reason());
  }

  @Test
  void noticesAWiderCircle() {
    var chain = chain(RedirectPolicy.DEFAULT.withMaxHops(100), "GET", "http://a.example/a");
    follow(chain, 302, "/b");
    follow(chain, 302, "/a");
    follow(chain, 302, "/b");
    assertInstanceOf(Decision.Refuse.class, chain.next(Status.FOUND, "/a"));
  }

  @Test
  void anotherMethodIsAnotherVisit() {
    var chain = chain(RedirectPolicy.DEFAULT, "POST", "http://a.example/form");
    assertEquals(Method.GET, follow(chain, 303, "/form").method());
    assertEquals(Method.GET, follow(chain, 303, "/form").method());
    assertInstanceOf(Decision.Refuse.class, chain.next(Status.SEE_OTHER, "/form"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.example/",
        "http://",
        "mailto:a@b",
        "http://user:pw@a.example/",
        "http://a.example:99999/"
      })
  void refusesALocationThatLeadsNowhere(String location) {
    assertInstanceOf(
        Decision.Refuse.class,
        chain(RedirectPolicy.DEFAULT, "GET", "http://a.example/").next(Status.FOUND, location));
  }

  @ParameterizedTest
  @CsvSource({
    // status, location, Authorization and Cookie, Content-Type
    "307, /y, true, true",
    "307, http://b.example/, false, true",
    "303, /y, true, false",
    "303, http://b.example/, false, false",
  })
  void nextRequestHasTheFieldsThatFit(
      int status, String location, boolean credentials, boolean content) {
    var first =
        Headers.of(
            "Host", "a.example",
            "Accept", "*/*",
            "Authorization", "Basic x",
            "Cookie", "a=b",
            "Content-Type", "text/plain",
            "Content-Length", "5",
            "X-Mine", "1");
    var fields =
        follow(chain(RedirectPolicy.DEFAULT, "POST", "http://a.example/x"), status, location)
            .fields(first);
    assertFalse(fields.contains(HeaderName.HOST));
    assertTrue(fields.contains(HeaderName.ACCEPT));
    assertTrue(fields.contains("X-Mine"));
    assertEquals(credentials, fields.contains(HeaderName.AUTHORIZATION));
    assertEquals(credentials, fields.contains(HeaderName.COOKIE));
    assertEquals(content, fields.contains(HeaderName.CONTENT_TYPE));
    assertEquals(content, fields.contains(HeaderName.CONTENT_LENGTH));
    assertEquals(7, first.size());
  }

  @Test
  void limitIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new RedirectPolicy(-1, false));
  }

  @Test
  void contentOnceGoneDoesNotComeBack() {
    var chain = chain(RedirectPolicy.DEFAULT, "POST", "http://a.example/");
    follow(chain, 303, "/1");
    var next = follow(chain, 307, "/2");
    assertEquals(Method.GET, next.method());
    assertFalse(next.content());
  }
}
