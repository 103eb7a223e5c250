package dev.weir.http.h1;

import dev.weir.http.HttpLimits;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * What a fuzzer chose: the first byte says how the others are split and which limits hold, so that
 * it finds its way to the limits too.
 */
final class FuzzInput {
  private static final HttpLimits SMALL = new HttpLimits(64, 48, 5, 128, 8, 2, 64, 32);

  private final byte[] bytes;
  private final int seed;

  FuzzInput(byte[] data) {
    bytes = Arrays.copyOfRange(data, Math.min(1, data.length), data.length);
    seed = data.length == 0 ? 0 : data[0];
  }

  byte[] bytes() {
    return bytes;
  }

  int seed() {
    return seed;
  }

  HttpLimits limits() {
    return (seed & 1) == 0 ? HttpLimits.DEFAULTS : SMALL;
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
