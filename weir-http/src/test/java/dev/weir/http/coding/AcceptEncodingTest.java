package dev.weir.http.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
  private static final List<ContentCoding> SIDECARS =
      List.of(ContentCoding.BROTLI, ContentCoding.ZSTANDARD, ContentCoding.GZIP);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # field                          | sidecars      | made on the way
                                           | ''            | ''
          ''                               | ''            | ''
          ' '                              | ''            | ''
          gzip                             | gzip          | gzip
          GZIP                             | gzip          | gzip
          x-gzip                           | gzip          | gzip
          deflate                          | ''            | deflate
          compress                         | ''            | ''
          # alike: the server's order
          gzip, deflate, br, zstd          | br zstd gzip  | gzip deflate
          gzip, deflate, br                | br gzip       | gzip deflate
          deflate, gzip                    | gzip          | gzip deflate
          # weighed: the client's
          gzip;q=1, br;q=0.5               | gzip br       | gzip
          br;q=0.1, gzip;q=0.2, zstd;q=0.3 | zstd gzip br  | gzip
          deflate;q=1.0, gzip;q=0.999      | gzip          | deflate gzip
          gzip;q=0                         | ''            | ''
          gzip;q=0.000, br                 | br            | ''
          gzip;q=0.001                     | gzip          | gzip
          gzip;Q=0.5                       | gzip          | gzip
          gzip ; q=0.5 , br ; q=0.4        | gzip br       | gzip
          # anything else
          *                                | br zstd gzip  | gzip deflate
          *;q=0                            | ''            | ''
          gzip;q=0, *                      | br zstd       | deflate
          br, *;q=0.1                      | br zstd gzip  | gzip deflate
          br, *;q=0                        | br            | ''
          # no coding at all is liked better, or not at all
          identity                         | ''            | ''
          identity, gzip                   | gzip          | gzip
          identity;q=1, gzip;q=0.5         | ''            | ''
          identity;q=0.5, gzip;q=0.5       | gzip          | gzip
          identity;q=0.5, gzip             | gzip          | gzip
          identity;q=0, gzip;q=0.1         | gzip          | gzip
          identity;q=0                     | ''            | ''
          identity;q=0.5, *;q=0.4          | ''            | ''
          # malformed weights are no wish
          gzip;q=x                         | ''            | ''
          gzip;q=2                         | ''            | ''
          gzip;q=, br                      | br            | ''
          # twice: the better one
          gzip;q=0.2, gzip;q=0.9, br;q=0.5 | gzip br       | gzip
          ,gzip,,                          | gzip          | gzip
          """)
  void choosesByWeightThenByTheServersOrder(
      @Nullable String field, String sidecars, String dynamic) {
    var accepted = AcceptEncoding.parse(field);
    assertEquals(sidecars, tokens(accepted, SIDECARS));
    assertEquals(dynamic, tokens(accepted, ContentCoding.DYNAMIC));
  }

  private static String tokens(AcceptEncoding accepted, List<ContentCoding> offered) {
    return accepted.choose(offered).stream()
        .map(ContentCoding::token)
        .collect(Collectors.joining(" "));
  }

  @Test
  void knowsCodingsByName() {
    for (ContentCoding coding : ContentCoding.values()) {
      assertEquals(coding, ContentCoding.of(coding.token()));
    }
    assertNull(ContentCoding.of("compress"));
    assertNull(ContentCoding.of("identity"));
    assertNull(ContentCoding.of(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html                            | true
          text/html; charset=utf-8             | true
          TEXT/HTML;charset=utf-8              | true
          text/plain                           | true
          text/css                             | true
          text/javascript                      | true
          application/javascript               | true
          application/json                     | true
          application/problem+json             | true
          application/json;charset=utf-8       | true
          application/atom+xml                 | true
          image/svg+xml                        | true
          application/xml                      | true
          application/wasm                     | true
          font/ttf                             | true
          text/event-stream                    | false
          text/event-stream;charset=utf-8      | false
          image/png                            | false
          image/jpeg                           | false
          video/mp4                            | false
          audio/mpeg                           | false
          font/woff2                           | false
          application/zip                      | false
          application/gzip                     | false
          application/pdf                      | false
          application/octet-stream             | false
          textual/html                         | false
          ''                                   | false
          """)
  void knowsWhatShrinks(String type, boolean compressible) {
    assertEquals(compressible, CompressibleTypes.contains(type));
  }
}
