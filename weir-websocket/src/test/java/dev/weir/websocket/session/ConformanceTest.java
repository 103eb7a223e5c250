package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.WebSocketLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every case for both roles, with whole and streamed messages, and the same outcome however the
 * network cuts the bytes.
 */
class ConformanceTest {

  private static final WebSocketLimits LIMITS =
      WebSocketLimits.DEFAULTS.withMaxMessageBytes(16 << 20);
  private static final int ROOMY = 1 << 16;

  /** How many bytes come at once. */
  enum Cuts {
    NONE,
    BYTES,
    RANDOM;

    int next(Random random, int left) {
      return switch (this) {
        case NONE -> left;
        case BYTES -> 1;
        case RANDOM -> 1 + random.nextInt(1 + random.nextInt(Math.min(left, 20000)));
      };
    }
  }

  static Stream<Arguments> small() {
    return ConformanceCases.small().stream()
        .flatMap(c -> Stream.of(true, false).map(server -> Arguments.of(c, server)));
  }

  static Stream<Arguments> sampled() {
    return large(1 << 17);
  }

  static Stream<Arguments> full() {
    return large(16 << 20);
  }

  private static Stream<Arguments> large(int limit) {
    return ConformanceCases.large(limit).stream()
        .flatMap(c -> Stream.of(true, false).map(server -> Arguments.of(c, server)));
  }

  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("small")
  void endsInTheStrictOutcome(ConformanceCase c, boolean server) {
    for (boolean streamed : new boolean[] {false, true}) {
      for (Cuts cuts : Cuts.values()) {
        run(c, server, streamed, cuts, 1, ROOMY);
      }
      for (int seed = 2; seed < 10; seed++) {
        run(c, server, streamed, Cuts.RANDOM, seed, seed % 2 == 0 ? ROOMY : FrameSink.LEAST_ROOM);
      }
    }
  }

  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("sampled")
  void takesLargeMessages(ConformanceCase c, boolean server) {
    run(c, server, false, Cuts.RANDOM, 1, ROOMY);
    run(c, server, true, Cuts.NONE, 2, ROOMY);
  }

  @Tag("thorough")
  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("full")
  void takesLargestMessages(ConformanceCase c, boolean server) {
    takesLargeMessages(c, server);
  }

  /** Sections 9.5 and 9.6: the bytes of a message come in pieces of one size. */
  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512, 1024, 2048})
  void takesMessagesInChops(int chop) {
    var payload = new byte[1 << 20];
    Arrays.fill(payload, (byte) 'x');
    for (Frame message : List.of(Frame.text(payload), Frame.binary(payload))) {
      for (boolean server : new boolean[] {true, false}) {
        var endpoint = new EchoEndpoint(server, false, LIMITS, ROOMY);
        byte[] wire = message.bytes(server ? new Random(chop) : null);
        for (int at = 0; at < wire.length; at += chop) {
          endpoint.feed(ByteBuffer.wrap(wire, at, Math.min(chop, wire.length - at)));
        }
        assertEquals(List.of(message.toString()), endpoint.answers());
      }
    }
  }

  private static void run(
      ConformanceCase c, boolean server, boolean streamed, Cuts cuts, int seed, int room) {
    String how = c + " streamed=" + streamed + " cuts=" + cuts + " seed=" + seed;
    var random = new Random(seed);
    var endpoint = new EchoEndpoint(server, streamed, LIMITS, room);
    var expected = new ArrayList<String>();
    byte[] wire = {};
    for (ConformanceCase.Step step : c.steps()) {
      if (step.from() == 0) {
        wire = step.wire(server ? random : null);
      }
      feed(endpoint, step.part(wire), cuts, random);
      expected.addAll(step.answers());
      assertAnswers(expected, endpoint, streamed, how);
    }
    endpoint.session.endOfInput();
    assertEquals(1, endpoint.events.stream().filter(e -> e.startsWith("closed")).count(), how);
    assertTrue(endpoint.session.isDone(), how);
  }

  /**
   * A handler that streams echoes the pieces of a message before its end is known to be good: then
   * the peer sees less than a whole message, and {@code answers} shows none of it.
   */
  private static void assertAnswers(
      List<String> expected, EchoEndpoint endpoint, boolean streamed, String how) {
    List<String> answers = endpoint.answers();
    if (!expected.equals(answers)) {
      assertEquals(abbreviated(expected), abbreviated(answers), how);
      throw new AssertionError(how + ": long answers differ");
    }
    assertTrue(streamed || endpoint.session.writable(), how);
  }

  private static List<String> abbreviated(List<String> answers) {
    return answers.stream().map(a -> a.substring(0, Math.min(a.length(), 100))).toList();
  }

  private static void feed(EchoEndpoint endpoint, byte[] bytes, Cuts cuts, Random random) {
    int at = 0;
    while (at < bytes.length) {
      int length = cuts.next(random, bytes.length - at);
      int margin = random.nextInt(8);
      int capacity = length + margin;
      var in =
          random.nextBoolean()
              ? ByteBuffer.allocateDirect(capacity)
              : ByteBuffer.allocate(capacity);
      endpoint.feed(in.position(margin).put(bytes, at, length).position(margin));
      at += length;
    }
  }
}
