package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7541 Appendix C; those of its integers are in PrefixedIntegerTest. */
class RfcExamplesTest {
  private static final String COOKIE = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

  private static final List<Line> FIRST_REQUEST =
      Line.list(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com");

  private static final List<Line> SECOND_REQUEST =
      Line.list(
          ":method", "GET",
          ":scheme", "http",
          ":path", "/",
          ":authority", "www.example.com",
          "cache-control", "no-cache");

  private static final List<Line> THIRD_REQUEST =
      Line.list(
          ":method", "GET",
          ":scheme", "https",
          ":path", "/index.html",
          ":authority", "www.example.com",
          "custom-key", "custom-value");

  private static final List<Line> FIRST_RESPONSE =
      Line.list(
          ":status", "302",
          "cache-control", "private",
          "date", "Mon, 21 Oct 2013 20:13:21 GMT",
          "location", "https://www.example.com");

  private static final List<Line> SECOND_RESPONSE =
      Line.list(
          ":status", "307",
          "cache-control", "private",
          "date", "Mon, 21 Oct 2013 20:13:21 GMT",
          "location", "https://www.example.com");

  private static final List<Line> THIRD_RESPONSE =
      Line.list(
          ":status", "200",
          "cache-control", "private",
          "date", "Mon, 21 Oct 2013 20:13:22 GMT",
          "location", "https://www.example.com",
          "content-encoding", "gzip",
          "set-cookie", COOKIE);

  private final HpackDecoder decoder = Line.decoder();

  private void reads(String block, List<Line> lines) {
    assertThat(Line.decode(decoder, block)).isEqualTo(lines);
  }

  /** Asks for the entries by their indices, and for one more. */
  private void hasTable(String... namesAndValues) {
    int count = namesAndValues.length / 2;
    var all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append("%02x".formatted(0x80 | 62 + i));
    }
    reads(all.toString(), Line.list(namesAndValues));
    var oneMore = "%02x".formatted(0x80 | 62 + count);
    assertThatThrownBy(() -> Line.decode(decoder, oneMore))
        .isInstanceOf(CompressionException.class)
        .hasMessage("index %d where the last is %d", 62 + count, 61 + count);
  }

  /** C.2.1. */
  @Test
  void literalWithIndexing() {
    reads(
        "400a637573746f6d2d6b65790d637573746f6d2d686561646572",
        Line.list("custom-key", "custom-header"));
    hasTable("custom-key", "custom-header");
  }

  /** C.2.2. */
  @Test
  void literalWithoutIndexing() {
    reads("040c2f73616d706c652f70617468", Line.list(":path", "/sample/path"));
    hasTable();
  }

  /** C.2.3. */
  @Test
  void literalNeverIndexed() {
    reads("100870617373776f726406736563726574", List.of(Line.secret("password", "secret")));
    hasTable();
  }

  /** C.2.4. */
  @Test
  void indexed() {
    reads("82", Line.list(":method", "GET"));
    hasTable();
    assertThat(Line.hex(Line.encode(new HpackEncoder(), Line.list(":method", "GET"))))
        .isEqualTo("82");
  }

  /** C.3. */
  @Test
  void requestsWithoutHuffman() {
    requests(
        "828684410f7777772e6578616d706c652e636f6d",
        "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
  }

  /** C.4. */
  @Test
  void requestsWithHuffman() {
    requests(
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
  }

  private void requests(String first, String second, String third) {
    reads(first, FIRST_REQUEST);
    hasTable(":authority", "www.example.com");
    reads(second, SECOND_REQUEST);
    hasTable("cache-control", "no-cache", ":authority", "www.example.com");
    reads(third, THIRD_REQUEST);
    hasTable(
        "custom-key", "custom-value",
        "cache-control", "no-cache",
        ":authority", "www.example.com");
  }

  /** C.5. */
  @Test
  void responsesWithoutHuffman() {
    responses(
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120"
            + "474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
        "4803333037c1c0bf",
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738"
            + "666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d616765"
            + "3d333630303b2076657273696f6e3d31");
  }

  /** C.6. */
  @Test
  void responsesWithHuffman() {
    responses(
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad1718"
            + "63c78f0b97c8e9ae82ae43d3",
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7"
            + "b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007");
  }

  /** Their table has 256 octets, which the blocks do not say. */
  private void responses(String first, String second, String third) {
    Line.decode(decoder, "3fe101");
    reads(first, FIRST_RESPONSE);
    hasTable(
        "location", "https://www.example.com",
        "date", "Mon, 21 Oct 2013 20:13:21 GMT",
        "cache-control", "private",
        ":status", "302");
    reads(second, SECOND_RESPONSE);
    hasTable(
        ":status", "307",
        "location", "https://www.example.com",
        "date", "Mon, 21 Oct 2013 20:13:21 GMT",
        "cache-control", "private");
    reads(third, THIRD_RESPONSE);
    hasTable(
        "set-cookie", COOKIE,
        "content-encoding", "gzip",
        "date", "Mon, 21 Oct 2013 20:13:22 GMT");
  }

  /**
   * C.4, from an encoder that has seen these lines before, while the peer allowed it no table: so
   * that each enters the table when it is first sent.
   */
  @Test
  void requestsAreWrittenSo() {
    var encoder = new HpackEncoder();
    encoder.maxTableSize(0);
    var seen = new ArrayList<>(SECOND_REQUEST);
    seen.addAll(THIRD_REQUEST);
    Line.encode(encoder, seen);
    encoder.maxTableSize(4096);
    assertThat(Line.hex(Line.encode(encoder, FIRST_REQUEST)))
        .isEqualTo("3fe11f" + "828684418cf1e3c2e5f23a6ba0ab90f4ff");
    assertThat(Line.hex(Line.encode(encoder, SECOND_REQUEST)))
        .isEqualTo("828684be5886a8eb10649cbf");
    assertThat(Line.hex(Line.encode(encoder, THIRD_REQUEST)))
        .isEqualTo("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf");
  }

  /** C.6 by the encoder's own choice of what to index, with the table of 256 octets. */
  @Test
  void responsesAreWrittenToTheSameEnd() {
    var encoder = new HpackEncoder(256);
    for (int i = 0; i < 3; i++) {
      for (var response : List.of(FIRST_RESPONSE, SECOND_RESPONSE, THIRD_RESPONSE)) {
        assertThat(Line.decode(decoder, Line.encode(encoder, response))).isEqualTo(response);
      }
    }
  }
}
