package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class H2LoadTest {
  private static String result(int succeeded, int failed, int errored, int good, int refused) {
    return """
    finished in 1.00s, 16000.00 req/s, 3.21MB/s
    requests: 20000 total, 17600 started, 16000 done, %d succeeded, %d failed, %d errored, 0 timeout
    status codes: %d 2xx, 0 3xx, %d 4xx, 0 5xx
    traffic: 3.21MB (3361234) total, 141.21KB (144598) headers (space savings 95.00%%), 0B (0) data
    """
        .formatted(succeeded, failed, errored, good, refused);
  }

  @Test
  void countsWhatSucceeded() throws IOException {
    Outcome outcome = Load.H2Load.read(result(16000, 0, 0, 16000, 0), 1);
    assertEquals(16000, outcome.count());
    assertEquals(0, outcome.errors());
    assertEquals(1, outcome.seconds());
  }

  @Test
  void countsWhatFailedOrErred() throws IOException {
    assertEquals(7, Load.H2Load.read(result(15993, 5, 2, 15993, 0), 1).errors());
  }

  @Test
  void takesAnotherStatusForAnError() throws IOException {
    Outcome outcome = Load.H2Load.read(result(16000, 0, 0, 15990, 10), 1);
    assertEquals(15990, outcome.count());
    assertEquals(10, outcome.errors());
  }

  /** The heads of some had come before the time that is counted began. */
  @Test
  void needsNoHeadInTheTimeThatIsCounted() throws IOException {
    Outcome outcome = Load.H2Load.read(result(16000, 0, 0, 15563, 0), 1);
    assertEquals(16000, outcome.count());
    assertEquals(0, outcome.errors());
  }

  /** Counts how often it was told, and in which order. */
  private static final class Told implements Load.Meter {
    private final List<String> what = new ArrayList<>();

    @Override
    public void begins() {
      what.add("begins");
    }

    @Override
    public void ends() {
      what.add("ends");
    }
  }

  private static String watch(String out, Load.Meter meter) throws IOException {
    return Load.H2Load.watch(new BufferedReader(new StringReader(out)), meter);
  }

  @Test
  void tellsWhenTheConnectionsAreOpenAndWhenTheTimeIsOver() throws IOException {
    var told = new Told();
    String rest =
        watch(
            """
            Warm-up started for thread #0.
            progress: 100% of clients started
            Warm-up phase is over for thread #0.
            Main benchmark duration is started for thread #0.
            Main benchmark duration is over for thread #0. Stopping all clients.
            finished in 1.00s
            """,
            told);
    assertEquals(List.of("begins", "ends"), told.what);
    assertEquals("finished in 1.00s\n", rest);
  }

  @Test
  void saysThatItNeverBeganOrEnded() {
    var told = new Told();
    assertThrows(IOException.class, () -> watch("starting benchmark...\n", told));
    assertThrows(
        IOException.class,
        () -> watch("Main benchmark duration is started for thread #0.\n", told));
    assertEquals(List.of("begins"), told.what);
  }

  @Test
  void wantsAResult() {
    assertThrows(IOException.class, () -> Load.H2Load.read("could not connect", 1));
  }
}
