package dev.weir.websocket.session;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.deflate.CompressorPool;
import dev.weir.websocket.deflate.DeflateParameters;
import dev.weir.websocket.deflate.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer sends: the same answers however it is cut, one end, frames that are well-formed,
 * and nothing lent that is not given back. The first byte chooses the role and the rest.
 */
final class WebSocketSessionFuzzTest {

  private static final WebSocketLimits LIMITS = new WebSocketLimits(100_000, 300);

  static Stream<byte[]> seeds() {
    return ConformanceCases.small().stream()
        .filter(ConformanceCase::comesWhole)
        .filter(c -> c.id.matches("[12].*[1-3]|[3457].*|6.[1-4].*"))
        .flatMap(c -> Stream.of(0, 1, 5).map(flags -> seed(c, flags)));
  }

  private static byte[] seed(ConformanceCase c, int flags) {
    var out = new ByteArrayOutputStream();
    out.write(flags);
    for (ConformanceCase.Step step : c.steps()) {
      for (Frame frame : step.frames()) {
        out.writeBytes(frame.bytes((flags & 1) != 0 ? new Random(1) : null));
      }
    }
    return out.toByteArray();
  }

  @MethodSource("seeds")
  @FuzzTest
  void endsTheSameHoweverItIsCut(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] wire = Arrays.copyOfRange(data, 1, data.length);
    List<String> whole = run(data[0], wire.clone(), false);
    List<String> cut = run(data[0], wire, true);
    boolean streamed = (data[0] & 2) != 0;
    if (!streamed && !whole.equals(cut)) {
      throw new AssertionError(whole + " but in pieces " + cut);
    }
  }

  private static List<String> run(int flags, byte[] wire, boolean cut) {
    try (var pool = new CompressorPool()) {
      boolean server = (flags & 1) != 0;
      var agreed = new DeflateParameters((flags & 8) != 0, (flags & 16) != 0, 15, 15);
      var deflate = new PerMessageDeflate(agreed, DeflateSettings.SERVER, pool);
      var endpoint =
          new EchoEndpoint(
              server, (flags & 2) != 0, LIMITS, (flags & 4) != 0 ? deflate : null, 1 << 16);
      var random = new Random(wire.length);
      for (int at = 0; at < wire.length; ) {
        int length = cut ? Math.min(wire.length - at, 1 + random.nextInt(9)) : wire.length;
        endpoint.feed(ByteBuffer.wrap(wire, at, length));
        at += length;
      }
      endpoint.session.endOfInput();
      if (!endpoint.session.isDone()
          || pool.lent() != 0
          || endpoint.events.stream().filter(e -> e.startsWith("closed")).count() != 1) {
        throw new AssertionError("not over: " + endpoint.events);
      }
      return endpoint.outcome();
    }
  }
}
