package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both directions of DER, by the examples of X.690 and by each other. */
final class DerTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "1.2.840.113549.1.1.1, 06092a864886f70d010101",
    "1.2.840.10045.2.1, 06072a8648ce3d0201",
    "1.3.101.112, 06032b6570",
    "2.5.29.17, 0603551d11",
    "2.999.3, 0603883703",
    "0.0, 060100",
    "1.39.2147483647, 06064f87ffffff7f",
  })
  void objectIdentifiers(String dotted, String hex) {
    assertEquals(hex, HEX.formatHex(DerWriter.oid(dotted)));
    assertEquals(dotted, new DerReader(HEX.parseHex(hex)).oid());
  }

  @ParameterizedTest
  @CsvSource({"0, 020100", "127, 02017f", "128, 02020080", "256, 02020100", "-128, 020180"})
  void integers(BigInteger value, String hex) {
    assertEquals(hex, HEX.formatHex(DerWriter.integer(value)));
    assertEquals(value, new DerReader(HEX.parseHex(hex)).integer());
  }

  @ParameterizedTest
  @CsvSource({
    "2049-12-31T23:59:59Z, 170d3439313233313233353935395a",
    "2050-01-01T00:00:00Z, 180f32303530303130313030303030305a",
    "2026-11-22T08:05:01.999Z, 170d3236313132323038303530315a",
  })
  void timesChangeTheirTypeIn2050(Instant time, String hex) {
    assertEquals(hex, HEX.formatHex(DerWriter.time(time)));
  }

  @Test
  void namedBitsDropTrailingZeros() {
    assertEquals("03020780", HEX.formatHex(DerWriter.namedBits(0)));
    assertEquals("03020204", HEX.formatHex(DerWriter.namedBits(5)));
    assertEquals("030206c0", HEX.formatHex(DerWriter.namedBits(0, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000})
  void lengthsAreMinimal(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    byte[] der = DerWriter.octetString(content);
    int header = length < 128 ? 2 : length < 256 ? 3 : length < 65_536 ? 4 : 5;
    assertEquals(header + length, der.length);
    var reader = new DerReader(der);
    assertArrayEquals(content, reader.take(DerTag.OCTET_STRING));
    reader.finish();
  }

  @Test
  void valuesNest() {
    byte[] der =
        DerWriter.sequence(
            DerWriter.bool(true),
            DerWriter.value(DerTag.constructed(3), DerWriter.integer(5)),
            DerWriter.NULL);
    var outer = new DerReader(der);
    var inner = outer.enter(DerTag.SEQUENCE);
    assertArrayEquals(new byte[] {-1}, inner.take(DerTag.BOOLEAN));
    assertTrue(inner.nextIs(DerTag.constructed(3)));
    assertEquals(BigInteger.valueOf(5), inner.enter(DerTag.constructed(3)).integer());
    assertArrayEquals(DerWriter.NULL, inner.takeEncoded());
    assertFalse(inner.hasMore());
    outer.finish();
  }

  @ParameterizedTest
  @CsvSource({
    "'', the input ends",
    "30, the input ends",
    "0203, expected SEQUENCE",
    "3080, indefinite",
    "3085010000000000, over four bytes",
    "308100, shortest form",
    "30820001, shortest form",
    "3082, cut short",
    "300500, reaches past the 1 bytes left",
    "3084ffffffff, reaches past",
    "300000, 1 bytes too many",
  })
  void malformedValues(String hex, String message) {
    var error =
        assertThrows(
            CredentialError.class,
            () -> {
              var reader = new DerReader(HEX.parseHex(hex));
              reader.enter(DerTag.SEQUENCE);
              reader.finish();
            });
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0200", "02020001", "0202ff80"})
  void integersAreMinimal(String hex) {
    assertThrows(CredentialError.class, () -> new DerReader(HEX.parseHex(hex)).integer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0600", "06022a86", "06062affffffff7f"})
  void objectIdentifiersAreWhole(String hex) {
    assertThrows(CredentialError.class, () -> new DerReader(HEX.parseHex(hex)).oid());
  }
}
