package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
  @Test
  void readsTheSummaryOfStrace() {
    String summary =
        """
        % time     seconds  usecs/call     calls    errors syscall
        ------ ----------- ----------- --------- --------- ----------------
         55.02    0.912834          10     91283           write
         44.10    0.731711           8     91300        17 read
          0.88    0.014600           5      2920           epoll_wait
        ------ ----------- ----------- --------- --------- ----------------
        100.00    1.659145           8    185503        17 total
        """;
    assertEquals(
        Map.of("write", 91283L, "read", 91300L, "epoll_wait", 2920L),
        SystemCalls.counts(summary.lines().toList()));
  }

  @Test
  void readsAnEmptySummary() {
    assertEquals(Map.of(), SystemCalls.counts(java.util.List.of()));
  }
}
