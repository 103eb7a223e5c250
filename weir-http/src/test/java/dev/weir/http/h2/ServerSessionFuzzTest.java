package dev.weir.http.h2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A server's whole connection, fed with what a fuzzer makes of recordings of clients. */
class ServerSessionFuzzTest {

  static Stream<byte[]> clients() {
    return SessionSurvival.clients();
  }

  @MethodSource("clients")
  @FuzzTest
  void survives(byte[] data) {
    SessionSurvival.survives(data, true);
  }
}
