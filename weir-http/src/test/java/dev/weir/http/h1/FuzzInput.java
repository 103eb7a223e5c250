package dev.weir.http.h1;

import dev.weir.http.HttpLimits;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * What a fuzzer chose: the first byte says how the others are split and which limits hold, so that
 * it finds its way to the limits too.
 */
record FuzzInput(byte[] bytes, HttpLimits limits, int seed) {
  private static final HttpLimits SMALL = new HttpLimits(64, 48, 5, 128, 8, 2, 64, 32);

  static FuzzInput of(byte[] data) {
    int choice = data.length == 0 ? 0 : data[0];
    return new FuzzInput(
        Arrays.copyOfRange(data, Math.min(1, data.length), data.length),
        (choice & 1) == 0 ? HttpLimits.DEFAULTS : SMALL,
        choice);
  }

  /** All at once. */
  IntUnaryOperator whole() {
    return presented -> bytes.length;
  }

  /** In pieces of one to 16 bytes. */
  IntUnaryOperator pieces() {
    var random = new Random(seed);
    return presented -> 1 + random.nextInt(16);
  }
}
