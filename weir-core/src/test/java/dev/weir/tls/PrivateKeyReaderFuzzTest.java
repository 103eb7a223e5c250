package dev.weir.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the DER below the armour: a key, a certificate, or a {@link CredentialError}. */
final class PrivateKeyReaderFuzzTest {
  private static final List<String> LABELS =
      List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
  private static final char[] PASSWORD = "weir".toCharArray();

  static Stream<byte[]> seeds() throws Exception {
    return Stream.of(
        TestCa.keys("EC", "secp256r1").getPrivate().getEncoded(),
        TestCa.keys("Ed25519", "").getPrivate().getEncoded(),
        TestCa.root("Root").certificate().getEncoded());
  }

  @MethodSource("seeds")
  @FuzzTest
  void der(byte[] bytes) {
    for (String label : LABELS) {
      try {
        PrivateKeyReader.read(new PemBlock(label, Map.of(), bytes, "fuzz", 1), PASSWORD);
      } catch (CredentialError e) {
        if (e.getMessage() == null) {
          throw new AssertionError("an error without a message", e);
        }
      }
    }
    try {
      CertificateReader.read(
          List.of(new PemBlock(PemBlock.CERTIFICATE, Map.of(), bytes, "fuzz", 1)));
    } catch (PemError e) {
      if (e.line() != 1) {
        throw new AssertionError("an error in another line", e);
      }
    }
  }
}
