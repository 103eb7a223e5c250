package dev.weir.sniff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.sniff.Sniffer.Answer;
import dev.weir.sniff.Sniffer.NeedMore;
import dev.weir.sniff.Sniffer.Settled;
import java.nio.ByteBuffer;
import java.util.List;

class SniffersFuzzTest {

  private static final List<Sniffer> ALL = List.of(Sniffers.TLS, Sniffers.HTTP_1, Sniffers.HTTP_2);

  /** The answer to a beginning stands, and no two protocols begin the same way. */
  @FuzzTest
  void anAnswerStands(byte[] first) {
    int known = 0;
    for (Sniffer sniffer : ALL) {
      Answer whole = sniffer.sniff(ByteBuffer.wrap(first));
      for (int length = 0; length < Math.min(first.length, 64); length++) {
        ByteBuffer bytes = ByteBuffer.wrap(first, 0, length);
        Answer answer = sniffer.sniff(bytes);
        assertEquals(length, bytes.remaining());
        if (answer instanceof Settled) {
          assertEquals(answer, whole);
        } else if (answer instanceof NeedMore(int more) && length + more <= first.length) {
          assertTrue(more >= 1);
        }
      }
      known += whole == Settled.YES ? 1 : 0;
    }
    assertTrue(known <= 1);
  }
}
