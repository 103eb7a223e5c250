package dev.weir.websocket.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.extension.ExtensionParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateNegotiationTest {

  private static final DeflateSettings GENEROUS = DeflateSettings.CLIENT;
  private static final DeflateSettings SPARING =
      DeflateSettings.SERVER.withTakeover(false, false).withWindowBits(10, 11);

  private static String accept(String offers, DeflateSettings settings) {
    var accepted = DeflateNegotiation.accept(ExtensionParser.parse(List.of(offers)), settings);
    return accepted == null
        ? "declined"
        : accepted.response().toString().replace("permessage-deflate", "p")
            + " / "
            + describe(accepted.parameters());
  }

  private static String describe(DeflateParameters p) {
    return (p.serverNoContextTakeover() ? "forget" : "keep")
        + p.serverMaxWindowBits()
        + (p.clientNoContextTakeover() ? " forget" : " keep")
        + p.clientMaxWindowBits();
  }

  /** In short: s and c for server and client, n for no_context_takeover, w for max_window_bits. */
  private static String expand(String offer) {
    return offer
        .replaceAll("\\bp\\b", "permessage-deflate")
        .replaceAll("\\bsn\\b", "server_no_context_takeover")
        .replaceAll("\\bcn\\b", "client_no_context_takeover")
        .replaceAll("\\bsw\\b", "server_max_window_bits")
        .replaceAll("\\bcw\\b", "client_max_window_bits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p                       | p / keep15 keep15",
        "P                       | declined",
        "PerMessage-Deflate      | p / keep15 keep15",
        "p; sn                   | p; sn / forget15 keep15",
        "p; cn                   | p; cn / keep15 forget15",
        "p; sn; cn               | p; sn; cn / forget15 forget15",
        "p; sw=8                 | p; sw=8 / keep8 keep15",
        "p; sw=15                | p; sw=15 / keep15 keep15",
        "p; sw=\"12\"            | p; sw=12 / keep12 keep15",
        "p; cw                   | p / keep15 keep15",
        "p; cw=9                 | p; cw=9 / keep15 keep9",
        "p; cw=15                | p / keep15 keep15",
        "p; sn; cn; sw=9; cw=10  | p; sn; cn; sw=9; cw=10 / forget9 forget10",
        "x, p                    | p / keep15 keep15",
        "p; sw=7, p; cn          | p; cn / keep15 forget15",
        "p; foo, p; sw, p        | p / keep15 keep15",
      })
  void serverAcceptsTheFirstGoodOffer(String offers, String expected) {
    assertEquals(
        expand(expected).replace("permessage-deflate", "p"), accept(expand(offers), GENEROUS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p                | p; sn; cn; sw=10 / forget10 forget15",
        "p; sw=9          | p; sn; cn; sw=9 / forget9 forget15",
        "p; sw=12; cw=9   | p; sn; cn; sw=10; cw=9 / forget10 forget9",
        "p; cw            | p; sn; cn; sw=10; cw=11 / forget10 forget11",
      })
  void serverAsksForLess(String offers, String expected) {
    assertEquals(
        expand(expected).replace("permessage-deflate", "p"), accept(expand(offers), SPARING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-webkit-deflate-frame",
        "p; sn=1",
        "p; sn=true",
        "p; cn=1",
        "p; sn; sn",
        "p; cn; cn",
        "p; sw",
        "p; sw=7",
        "p; sw=16",
        "p; sw=08",
        "p; sw=+9",
        "p; sw=9.0",
        "p; sw=x",
        "p; sw=10; sw=10",
        "p; cw=7",
        "p; cw=16",
        "p; cw=010",
        "p; cw; cw",
        "p; cw=10; cw",
        "p; SN",
        "p; unknown",
        "p; unknown=1",
      })
  void serverDeclines(String offers) {
    assertEquals("declined", accept(expand(offers), GENEROUS));
  }

  private static String offer(DeflateSettings settings) {
    return DeflateNegotiation.offer(settings).toString();
  }

  @Test
  void clientOffers() {
    assertEquals(expand("p; cw"), offer(GENEROUS));
    assertEquals(expand("p; sn; cn; sw=11; cw=10"), offer(SPARING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p              | keep15 keep15",
        "p; sn          | forget15 keep15",
        "p; cn          | keep15 forget15",
        "p; sw=8        | keep8 keep15",
        "p; cw=8        | keep15 keep8",
        "p; cw=15; sw=15| keep15 keep15",
      })
  void clientAgrees(String response, String expected) {
    var extension = ExtensionParser.parse(List.of(expand(response))).getFirst();
    assertEquals(expected, describe(DeflateNegotiation.agree(extension, GENEROUS)));
  }

  @ParameterizedTest
  @CsvSource({
    "p; sn; sw=11,      forget11 keep15",
    "p; sn; cn; sw=8; cw=10,  forget8 forget10",
  })
  void clientAgreesToWhatItAskedFor(String response, String expected) {
    var extension = ExtensionParser.parse(List.of(expand(response))).getFirst();
    assertEquals(expected, describe(DeflateNegotiation.agree(extension, SPARING)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p",
        "p; sn",
        "p; sw=11",
        "p; sn; sw=12",
        "p; sn; sw=10; cw=11",
        "p; sn; sw=10; cw",
        "p; sn; sw=10; foo",
        "p; sn; sn; sw=10",
        "p; sn=1; sw=10",
        "p; sn; sw",
      })
  void clientRefusesAnAnswerThatDoesNotKeepToTheOffer(String response) {
    var extension = ExtensionParser.parse(List.of(expand(response))).getFirst();
    assertThrows(
        IllegalArgumentException.class, () -> DeflateNegotiation.agree(extension, SPARING));
  }

  @Test
  void bothSidesAgreeOnTheSame() {
    for (int own = 8; own <= 15; own++) {
      for (int peer = 8; peer <= 15; peer++) {
        for (int flags = 0; flags < 4; flags++) {
          var client =
              GENEROUS.withWindowBits(own, peer).withTakeover((flags & 1) == 0, (flags & 2) == 0);
          for (DeflateSettings server : List.of(GENEROUS, SPARING, DeflateSettings.SERVER)) {
            var accepted =
                DeflateNegotiation.accept(List.of(DeflateNegotiation.offer(client)), server);
            assertNotNull(accepted);
            assertEquals(
                accepted.parameters(), DeflateNegotiation.agree(accepted.response(), client));
          }
        }
      }
    }
  }

  @Test
  void nothingOfferedNothingAccepted() {
    assertNull(DeflateNegotiation.accept(List.of(), GENEROUS));
  }
}
