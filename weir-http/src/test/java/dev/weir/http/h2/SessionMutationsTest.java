package dev.weir.http.h2;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fuzzer would begin with, from seeds, so that every run of the tests has some of it. */
class SessionMutationsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void areSurvived(int seed) {
    var random = new Random(seed);
    for (boolean server : new boolean[] {true, false}) {
      var recordings = server ? SessionSurvival.clients() : SessionSurvival.servers();
      for (var recording : recordings.toList()) {
        for (int n = 0; n < 4; n++) {
          SessionSurvival.survives(SessionSurvival.mutated(recording, random), server);
        }
      }
    }
  }
}
