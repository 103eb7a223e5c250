package dev.weir.natives.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.weir.loop.spi.LoopProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpollProviderTest {

  @Test
  void isFoundByItsName() {
    assertInstanceOf(EpollProvider.class, LoopProvider.named("epoll"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, true",
    "Linux, aarch64, true",
    "Linux, riscv64, false",
    "Mac OS X, aarch64, false",
    "Windows 11, amd64, false"
  })
  void servesWhereItCan(String system, String processor, boolean served) {
    assertEquals(served, EpollProvider.isServed(system, processor));
  }
}
