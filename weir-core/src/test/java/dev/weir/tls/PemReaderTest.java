package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is PEM, and what is said of what is not. */
final class PemReaderTest {
  private static List<PemBlock> read(String text) {
    return PemReader.read("test.pem", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void blocksAmidExplanatoryText(String eol) {
    var blocks =
        read(
            String.join(
                eol,
                "subject=CN = example",
                "-----BEGIN CERTIFICATE-----",
                "AAEC",
                "AwQ=",
                "-----END CERTIFICATE-----",
                "",
                "-----BEGIN PRIVATE KEY-----  ",
                "/+8=\t",
                "-----END PRIVATE KEY-----"));
    assertEquals(2, blocks.size());
    assertEquals("CERTIFICATE at test.pem:2", blocks.get(0).toString());
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4}, blocks.get(0).der());
    assertEquals("PRIVATE KEY at test.pem:7", blocks.get(1).toString());
    assertArrayEquals(new byte[] {-1, -17}, blocks.get(1).der());
  }

  @Test
  void headersOfOldKeys() {
    var block =
        read("""
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

        AAAA
        -----END RSA PRIVATE KEY-----
        """)
            .getFirst();
    assertEquals(
        Map.of(
            "Proc-Type", "4,ENCRYPTED", "DEK-Info", "AES-128-CBC,00112233445566778899AABBCCDDEEFF"),
        block.headers());
  }

  @Test
  void nothingIsNoBlock() {
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read("certificates follow\n\n"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no end              | -----BEGIN A-----#AAAA                     | 1 | has no END
          end alone           | text#-----END A-----                       | 2 | END without BEGIN
          other end           | -----BEGIN A-----#AAAA#-----END B-----     | 3 | END B closes BEGIN A
          nested              | -----BEGIN A-----#-----BEGIN A-----        | 2 | is not base64
          short dashes        | -----BEGIN A---#AAAA#-----END A-----       | 1 | expected -----BEGIN LABEL
          no label            | -----BEGIN -----#AAAA                      | 1 | expected -----BEGIN LABEL
          label not ascii     | -----BEGIN \u00c4-----#AAAA#               | 1 | not ASCII
          indented            | ' -----BEGIN A-----#AAAA#-----END A-----'  | 1 | not at the start
          byte order mark     | \u00ef\u00bb\u00bf-----BEGIN A-----#AAAA   | 1 | not at the start
          bad character       | -----BEGIN A-----#AAAA#AA*A#-----END A-----| 3 | 0x2a in column 3
          space inside        | -----BEGIN A-----#AA AA#-----END A-----    | 2 | 0x20 in column 3
          early padding       | -----BEGIN A-----#A=AA#-----END A-----     | 2 | 0x3d in column 2
          after padding       | -----BEGIN A-----#AA==#AAAA#-----END A-----| 3 | after its padding
          cut short           | -----BEGIN A-----#AAA#-----END A-----      | 3 | not a multiple of 4
          padding in between  | -----BEGIN A-----#AA=A#-----END A-----     | 3 | malformed
          all padding         | -----BEGIN A-----#==#==#-----END A-----    | 3 | after its padding
          empty               | -----BEGIN A-----#-----END A-----          | 2 | empty
          headers run on      | -----BEGIN A-----#X: y#AAAA#-----END A-----| 3 | empty line
          """)
  void malformed(String name, String text, int line, String message) {
    var error = assertThrows(PemError.class, () -> read(text.replace('#', '\n')), name);
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertEquals(line, error.line(), error.getMessage());
    assertTrue(error.getMessage().startsWith("test.pem:" + line + ": "), error.getMessage());
  }

  @Test
  void binaryIsToldApart() {
    byte[] der = {0x30, (byte) 0x82, 1, 0};
    var error = assertThrows(PemError.class, () -> PemReader.read("key.p12", der));
    assertTrue(error.getMessage().contains("PKCS#12"), error.getMessage());
  }

  @Test
  void blocksAreLimited() {
    String block = "-----BEGIN A-----\nAAAA\n-----END A-----\n";
    assertEquals(PemReader.MAX_BLOCKS, read(block.repeat(PemReader.MAX_BLOCKS)).size());
    var error = assertThrows(PemError.class, () -> read(block.repeat(PemReader.MAX_BLOCKS + 1)));
    assertEquals(3 * PemReader.MAX_BLOCKS + 1, error.line());
  }

  @Test
  void bytesAreLimited() {
    assertEquals(List.of(), read(" ".repeat(PemReader.MAX_BYTES)));
    var error = assertThrows(PemError.class, () -> read(" ".repeat(PemReader.MAX_BYTES + 1)));
    assertTrue(error.getMessage().contains(Integer.toString(PemReader.MAX_BYTES)));
  }
}
