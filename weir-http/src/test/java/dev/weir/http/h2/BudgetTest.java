package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.Http2Error;
import dev.weir.http.Http2ErrorCode;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long MILLI = 1_000_000L;

  private static void spend(Budget budget, long atMilli) {
    budget.spend(atMilli * MILLI, "things", "things");
  }

  private static void refuses(Budget budget, long atMilli) {
    var error = assertThrows(Http2Error.class, () -> spend(budget, atMilli));
    assertEquals(Http2ErrorCode.ENHANCE_YOUR_CALM, error.error());
    assertEquals(0, error.streamId());
  }

  @Test
  void givesAsMuchAtOnce() {
    var budget = new Budget(3, 10);
    for (int i = 0; i < 3; i++) {
      spend(budget, 0);
    }
    refuses(budget, 99);
  }

  @Test
  void givesAsMuchASecond() {
    var budget = new Budget(3, 10);
    for (int i = 0; i < 1000; i++) {
      spend(budget, i * 100L);
    }
  }

  /** Ten a second are ten a second, however unevenly they come. */
  @Test
  void losesNoPartOfASecond() {
    var budget = new Budget(2, 10);
    spend(budget, 0);
    spend(budget, 0);
    for (int i = 1; i < 100; i++) {
      spend(budget, i * 300L - 150);
      spend(budget, i * 300L);
      spend(budget, i * 300L);
    }
  }

  @Test
  void isNeverMoreThanAtFirst() {
    var budget = new Budget(3, 10);
    spend(budget, 0);
    for (int i = 0; i < 3; i++) {
      spend(budget, 1_000_000);
    }
    refuses(budget, 1_000_001);
    var other = new Budget(3, 10);
    other.earn(100);
    for (int i = 0; i < 3; i++) {
      spend(other, 0);
    }
    refuses(other, 0);
  }

  @Test
  void isEarned() {
    var budget = new Budget(1, 1);
    for (int i = 0; i < 100; i++) {
      spend(budget, 0);
      budget.earn(1);
    }
    spend(budget, 0);
    refuses(budget, 0);
  }

  @Test
  void mayBePracticallyUnlimited() {
    var budget = new Budget(1, Integer.MAX_VALUE);
    spend(budget, 0);
    assertDoesNotThrow(() -> spend(budget, 1));
  }
}
