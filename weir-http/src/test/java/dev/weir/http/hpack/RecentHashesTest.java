package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentHashesTest {
  private final RecentHashes recent = new RecentHashes();

  @Test
  void knowsNothingAtFirst() {
    assertThat(recent.contains(0)).isFalse();
    assertThat(recent.contains("a".hashCode())).isFalse();
  }

  @Test
  void knowsWhatCameNotLongAgo() {
    for (int hash = 1; hash < 1000; hash++) {
      recent.add(hash);
      assertThat(recent.contains(hash)).isTrue();
      assertThat(recent.contains(hash + 1)).isFalse();
    }
    assertThat(recent.contains(1)).isFalse();
  }
}
