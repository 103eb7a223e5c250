package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.deflate.CompressorPool;
import dev.weir.websocket.deflate.DeflateNegotiation;
import dev.weir.websocket.deflate.PerMessageDeflate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every compressed case on the core, for both roles, however the network cuts the bytes. */
class CompressedConformanceTest {

  private static final int BYTES = 1 << 17;

  static Stream<Arguments> cases() {
    return CompressedCases.of(BYTES).stream()
        .flatMap(c -> Stream.of(true, false).map(server -> Arguments.of(c, server)));
  }

  @ParameterizedTest(name = "{0} server={1}")
  @MethodSource("cases")
  void everyMessageIsEchoed(ConformanceCase c, boolean server) {
    try (var pool = new CompressorPool()) {
      DeflateSettings settings = c.deflate();
      assertNotNull(settings);
      var accepted =
          DeflateNegotiation.accept(List.of(DeflateNegotiation.offer(settings)), settings);
      assertNotNull(accepted);
      assertEquals(accepted.parameters(), DeflateNegotiation.agree(accepted.response(), settings));
      var deflate = new PerMessageDeflate(accepted.parameters(), settings, pool);
      var endpoint = new EchoEndpoint(server, false, WebSocketLimits.DEFAULTS, deflate, 1 << 16);
      var reader = new AnswerReader(!server, settings.ownTakeover());
      var random = new Random(1);
      for (ConformanceCase.Step step : c.steps()) {
        var answers = new ArrayList<String>();
        byte[] wire = step.wire(server ? random : null);
        for (int at = 0; at < wire.length; ) {
          int length = Math.min(wire.length - at, 1 + random.nextInt(1 << random.nextInt(17)));
          endpoint.feed(ByteBuffer.wrap(wire, at, length).slice());
          at += length;
          answers.addAll(reader.read(endpoint.sink.take()));
        }
        endpoint.flush();
        answers.addAll(reader.read(endpoint.sink.take()));
        assertEquals(step.answers(), answers);
      }
      assertEquals(List.of("closed 1000"), endpoint.events);
      assertEquals(0, pool.lent());
    }
  }
}
