package dev.weir.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.Http2Limits;
import dev.weir.http.HttpLimits;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.Trust;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpClientOptionsTest {
  /** For each component, the options that differ from the defaults in it. */
  private static final Map<String, UnaryOperator<HttpClientOptions>> CHANGES =
      Map.ofEntries(
          Map.entry("limits", o -> o.withLimits(HttpLimits.DEFAULTS.withBodyBytes(7))),
          Map.entry("bodyBytes", o -> o.withBodyBytes(7)),
          Map.entry(
              "timeouts",
              o -> o.withTimeouts(ClientTimeouts.DEFAULTS.withWhole(Duration.ofDays(7)))),
          Map.entry("pool", o -> o.withPool(PoolLimits.DEFAULTS.withConnectionsPerOrigin(77))),
          Map.entry(
              "tls",
              o ->
                  o.withTls(
                      TlsProvider.named(TlsProvider.JSSE)
                          .client(TlsClientConfig.of(Trust.system()).build()))),
          Map.entry("userAgent", o -> o.withUserAgent("other")),
          Map.entry("redirects", o -> o.withRedirects(RedirectPolicy.NONE)),
          Map.entry("cookies", o -> o.withCookies(new CookieJar())),
          Map.entry("decompression", o -> o.withDecompression(null)),
          Map.entry("clock", o -> o.withClock(InstantSource.fixed(Instant.EPOCH))),
          Map.entry("http2", o -> o.withHttp2(Http2Limits.builder().concurrentStreams(7).build())),
          Map.entry("http2Known", o -> o.withHttp2Known(true)));

  static Stream<String> components() {
    return Stream.of(HttpClientOptions.class.getRecordComponents()).map(RecordComponent::getName);
  }

  @ParameterizedTest
  @MethodSource("components")
  void eachCanBeChangedByItself(String component) throws ReflectiveOperationException {
    HttpClientOptions before = HttpClientOptions.DEFAULTS;
    HttpClientOptions after = CHANGES.get(component).apply(before);
    List<String> differing = new ArrayList<>();
    for (RecordComponent each : HttpClientOptions.class.getRecordComponents()) {
      Object one = each.getAccessor().invoke(before);
      Object other = each.getAccessor().invoke(after);
      if (!Objects.equals(one, other)) {
        differing.add(each.getName());
      }
    }
    assertEquals(List.of(component), differing);
    assertNotEquals(before, after);
  }

  @Test
  void aUserAgentIsAFieldValue() {
    assertThrows(
        IllegalArgumentException.class, () -> HttpClientOptions.DEFAULTS.withUserAgent("a\nb"));
  }
}
