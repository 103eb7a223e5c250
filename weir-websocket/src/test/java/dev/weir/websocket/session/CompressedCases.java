package dev.weir.websocket.session;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.deflate.Corpus;
import dev.weir.websocket.session.ConformanceCase.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sections 12 and 13 of the case list: a peer sends many compressed messages of one size, waits for
 * each echo, and finds what it sent; for several kinds of data, and for what may be negotiated.
 */
public final class CompressedCases {

  /** How many messages the list wants of each case. */
  public static final int MESSAGES = 1000;

  private static final int LEAST_MESSAGES = 4;

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

  /** What 13.1 to 13.7 agree on: whether history is kept, and the window. */
  private static final List<DeflateSettings> OFFERS =
      List.of(
          offer(true, 15),
          offer(false, 15),
          offer(true, 9),
          offer(true, 15),
          offer(false, 9),
          offer(false, 15),
          offer(false, 8));

  private CompressedCases() {}

  private static DeflateSettings offer(boolean takeover, int bits) {
    return DeflateSettings.CLIENT
        .withLeastBytes(0)
        .withTakeover(takeover, takeover)
        .withWindowBits(bits, bits);
  }

  /**
   * Makes every case.
   *
   * @param bytes how much each sends, as far as that takes no more than {@link #MESSAGES} messages
   *     and no fewer than a few
   */
  public static List<ConformanceCase> of(long bytes) {
    var cases = new ArrayList<ConformanceCase>();
    for (int section = 0; section < CORPORA.size(); section++) {
      add(cases, "12." + (section + 1), CORPORA.get(section), OFFERS.getFirst(), bytes);
    }
    for (int section = 0; section < OFFERS.size(); section++) {
      add(cases, "13." + (section + 1), Corpus.JSON, OFFERS.get(section), bytes);
    }
    return cases;
  }

  private static void add(
      List<ConformanceCase> to, String section, Corpus corpus, DeflateSettings offer, long bytes) {
    for (int n = 0; n < SIZES.length; n++) {
      int size = SIZES[n][0];
      int fragment = SIZES[n][1];
      int count = Math.clamp(bytes / size, LEAST_MESSAGES, MESSAGES);
      to.add(
          new ConformanceCase(
              section + "." + (n + 1),
              offer,
              () -> steps(new CompressedMessages(corpus, size, offer), fragment, count)));
    }
  }

  private static Iterator<Step> steps(CompressedMessages messages, int fragment, int count) {
    Frame bye = Frame.close(1000);
    return Stream.concat(
            IntStream.range(0, count).mapToObj(i -> step(messages, fragment, i)),
            Stream.of(Step.of(List.of(bye), bye.toString())))
        .iterator();
  }

  private static Step step(CompressedMessages messages, int fragment, int number) {
    Frame compressed = Frame.binary(messages.next()).withRsv(4);
    return Step.of(
        fragment == 0 ? List.of(compressed) : compressed.cut(fragment),
        Frame.binary(messages.plain(number)).toString());
  }
}
