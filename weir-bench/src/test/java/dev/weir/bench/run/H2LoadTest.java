package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class H2LoadTest {
  private static String result(int succeeded, int failed, int errored, int good) {
    return """
    finished in 1.00s, 16000.00 req/s, 3.21MB/s
    requests: 20000 total, 17600 started, 16000 done, %d succeeded, %d failed, %d errored, 0 timeout
    status codes: %d 2xx, 0 3xx, 0 4xx, 0 5xx
    traffic: 3.21MB (3361234) total, 141.21KB (144598) headers (space savings 95.00%%), 0B (0) data
    """
        .formatted(succeeded, failed, errored, good);
  }

  @Test
  void countsWhatSucceeded() throws IOException {
    Outcome outcome = Load.H2Load.read(result(16000, 0, 0, 16000), 1);
    assertEquals(16000, outcome.count());
    assertEquals(0, outcome.errors());
    assertEquals(1, outcome.seconds());
  }

  @Test
  void countsWhatFailedOrErred() throws IOException {
    assertEquals(7, Load.H2Load.read(result(15993, 5, 2, 15993), 1).errors());
  }

  @Test
  void takesAnotherStatusForAnError() throws IOException {
    Outcome outcome = Load.H2Load.read(result(16000, 0, 0, 15990), 1);
    assertEquals(15990, outcome.count());
    assertEquals(10, outcome.errors());
  }

  @Test
  void wantsAResult() {
    assertThrows(IOException.class, () -> Load.H2Load.read("could not connect", 1));
  }
}
