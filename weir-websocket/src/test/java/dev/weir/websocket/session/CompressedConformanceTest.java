package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.deflate.CompressorPool;
import dev.weir.websocket.deflate.Corpus;
import dev.weir.websocket.deflate.DeflateNegotiation;
import dev.weir.websocket.deflate.PerMessageDeflate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sections 12 and 13 of the case list: a peer sends many compressed messages of one size, waits for
 * each echo, and finds what it sent; for several kinds of data, and for what may be negotiated.
 */
class CompressedConformanceTest {

  /** Message and fragment sizes of the cases 1 to 18 of each section; no fragments if 0. */
  private static final int[][] SIZES = {
    {16, 0},
    {64, 0},
    {256, 0},
    {1024, 0},
    {4096, 0},
    {8192, 0},
    {16384, 0},
    {32768, 0},
    {65536, 0},
    {131072, 0},
    {8192, 256},
    {16384, 256},
    {32768, 256},
    {65536, 256},
    {131072, 256},
    {131072, 1024},
    {131072, 4096},
    {131072, 32768}
  };

  private static final List<Corpus> CORPORA =
      List.of(Corpus.JSON, Corpus.RUN, Corpus.PROSE, Corpus.MARKUP, Corpus.NOISE);

  /** The offers of 13.1 to 13.7: whether the peer keeps history, and its window. */
  private static final List<DeflateSettings> OFFERS =
      List.of(
          offer(true, 15),
          offer(false, 15),
          offer(true, 9),
          offer(true, 15),
          offer(false, 9),
          offer(false, 15),
          offer(false, 9).withWindowBits(8, 8));

  private static DeflateSettings offer(boolean takeover, int bits) {
    return DeflateSettings.CLIENT
        .withLeastBytes(0)
        .withTakeover(takeover, takeover)
        .withWindowBits(bits, bits);
  }

  static Stream<Arguments> cases() {
    return Stream.of(true, false)
        .flatMap(server ->
            Stream.concat(
                IntStream.range(0, 5 * 18)
                    .mapToObj(i ->
                        Arguments.of(
                            "12." + (i / 18 + 1) + "." + (i % 18 + 1),
                            server,
                            CORPORA.get(i / 18),
                            OFFERS.getFirst(),
                            i % 18)),
                IntStream.range(0, 7 * 18)
                    .mapToObj(i ->
                        Arguments.of(
                            "13." + (i / 18 + 1) + "." + (i % 18 + 1),
                            server,
                            Corpus.JSON,
                            OFFERS.get(i / 18),
                            i % 18))));
  }

  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("cases")
  void sampleIsEchoed(String id, boolean server, Corpus corpus, DeflateSettings offer, int size) {
    run(server, corpus, offer, SIZES[size][0], SIZES[size][1], 5);
  }

  @Tag("thorough")
  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("cases")
  void thousandAreEchoed(
      String id, boolean server, Corpus corpus, DeflateSettings offer, int size) {
    run(server, corpus, offer, SIZES[size][0], SIZES[size][1], 1000);
  }

  private static void run(
      boolean server, Corpus corpus, DeflateSettings client, int size, int fragment, int count) {
    try (var pool = new CompressorPool()) {
      DeflateSettings answering = DeflateSettings.SERVER.withLeastBytes(0);
      var accepted =
          DeflateNegotiation.accept(List.of(DeflateNegotiation.offer(client)), answering);
      assertNotNull(accepted);
      var agreed = DeflateNegotiation.agree(accepted.response(), client);
      assertEquals(accepted.parameters(), agreed);
      WebSocketLimits limits = WebSocketLimits.DEFAULTS;
      var clientSide = new PerMessageDeflate(agreed, client, pool);
      var serverSide = new PerMessageDeflate(agreed, answering, pool);
      var tested =
          new EchoEndpoint(server, false, limits, server ? serverSide : clientSide, 1 << 16);
      var peer =
          new EchoEndpoint(!server, false, limits, server ? clientSide : serverSide, 1 << 16);
      peer.echoes = false;
      byte[] data = corpus.bytes(1 << 18, size);
      var random = new Random(size);
      for (int i = 0; i < count; i++) {
        var message = new byte[size];
        for (int at = 0; at < size; at++) {
          message[at] = data[(i * size + at) % data.length];
        }
        if (fragment == 0) {
          peer.send(message);
        } else {
          peer.sendInFragments(message, fragment);
        }
        CompressionTest.exchange(peer, tested, random);
        assertEquals(peer.sent, peer.messages);
        peer.sent.clear();
        peer.messages.clear();
      }
      peer.session.close(1000, "");
      CompressionTest.exchange(peer, tested, random);
      assertEquals(List.of("closed 1000"), peer.events);
      assertEquals(List.of("closed 1000"), tested.events);
      assertEquals(0, pool.lent());
    }
  }
}
