package dev.weir.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text: blocks, keys and certificates, or a {@link CredentialError}. */
final class PemReaderFuzzTest {
  private static final char[] PASSWORD = "weir".toCharArray();

  static Stream<byte[]> seeds() {
    var identity = TestCa.root("Root").issue("localhost");
    return Stream.of(
            identity.chainToPem() + identity.keyToPem(),
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

            AAAA
            -----END RSA PRIVATE KEY-----
            """)
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest
  void pem(byte[] bytes) {
    try {
      var blocks = PemReader.read("fuzz", bytes);
      for (var block : blocks) {
        if (PrivateKeyReader.isPrivateKey(block)) {
          PrivateKeyReader.read(block, PASSWORD);
        }
      }
      CertificateReader.read(blocks);
    } catch (CredentialError e) {
      if (e.getMessage() == null) {
        throw new AssertionError("an error without a message", e);
      }
    }
  }
}
