package dev.weir.http.h2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A client's whole connection, fed with what a fuzzer makes of recordings of servers. */
class ClientSessionFuzzTest {

  static Stream<byte[]> servers() {
    return SessionSurvival.servers();
  }

  @MethodSource("servers")
  @FuzzTest
  void survives(byte[] data) {
    SessionSurvival.survives(data, false);
  }
}
