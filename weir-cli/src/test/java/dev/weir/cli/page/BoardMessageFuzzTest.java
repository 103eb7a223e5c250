package dev.weir.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a visitor sends is either read, within every limit, or rejected. */
class BoardMessageFuzzTest {

  @FuzzTest
  void staysWithinItsLimits(byte[] data) {
    var text = new String(data, StandardCharsets.UTF_8);
    try {
      if (BoardMessage.parse(text) instanceof BoardMessage.Draw draw) {
        assertThat(draw.stroke()).isNotNegative();
        assertThat(draw.color()).matches("#[0-9a-f]{6}");
        assertThat(draw.size()).isBetween(1, BoardMessage.MAX_SIZE);
        assertThat(draw.points().count()).isBetween(1, BoardMessage.MAX_POINTS);
      }
    } catch (RejectedMessageException e) {
      assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(123);
    }
  }
}
