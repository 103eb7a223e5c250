package dev.weir.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the text: blocks, keys and certificates, or a {@link CredentialError}. */
final class PemReaderFuzzTest {
  private static final char[] PASSWORD = "weir".toCharArray();

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
