package dev.weir.sniff;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.sniff.Sniffer.Answer;
import dev.weir.sniff.Sniffer.NeedMore;
import dev.weir.sniff.Sniffer.Settled;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of first bytes; {@code \r}, {@code \n} and {@code \0} stand for those bytes. */
class SniffersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        // methods of RFC 9110 and RFC 5789: known by the space behind them
        "GET |YES",
        "GET / HTTP/1.1\\r\\n|YES",
        "HEAD |YES",
        "POST /x HT|YES",
        "PUT |YES",
        "DELETE |YES",
        "CONNECT example.org:443 HTTP/1.1\\r\\n|YES",
        "OPTIONS * HTTP/1.1\\r\\n|YES",
        "TRACE |YES",
        "PATCH |YES",
        // what HTTP itself refuses is HTTP's to refuse
        "GET  / HTTP/1.1\\r\\n|YES",
        "GET /\\r\\n|YES",
        "GET / HTTP/3.0\\r\\n|YES",
        // an empty line before it, RFC 9112 2.2
        "\\r\\nGET / HTTP/1.1\\r\\n|YES",
        "\\rG|NO",
        // too early
        "``|MORE",
        "G|MORE",
        "GET|MORE",
        "\\r|MORE",
        "\\r\\n|MORE",
        "GETX|MORE",
        // extension methods: the line decides
        "PROPFIND / HTTP/1.1|MORE",
        "PROPFIND / HTTP/1.1\\r\\n|YES",
        "PROPFIND / HTTP/1.0\\n|YES",
        "VERSION-CONTROL /a%20b HTTP/1.1\\r\\n|YES",
        "get / HTTP/1.1\\r\\n|YES",
        "PROPFIND / HTTP/2.0\\r\\n|NO",
        "PROPFIND / HTTP/1.x\\r\\n|NO",
        "PROPFIND HTTP/1.1\\r\\n|NO",
        "PROPFIND  HTTP/1.1\\r\\n|NO",
        "PROPFIND /\\r\\n|NO",
        "PRI * HTTP/2.0\\r\\n|NO",
        "HELO mail.example.org\\r\\n|NO",
        "USER anonymous\\r\\n|NO",
        "X \\n|NO",
        "SSH-2.0-OpenSSH_9.2\\r\\n|NO",
        "SSH-2.0-OpenSSH_9.2 Debian\\r\\n|NO",
        "PROPFIND /\\0|NO",
        // no token at the beginning
        " GET / HTTP/1.1\\r\\n|NO",
        "/ HTTP/1.1\\r\\n|NO",
        "\\n|NO",
        "\\0|NO",
        "<?xml version=|NO",
        "\u0016\u0003\u0001|NO",
        "\u00ff|NO",
        "GET\\r\\n|NO",
        "GET:|NO",
        "AVERYLONGMETHODOFTHIRTYTWOLETTER|MORE",
        "AVERYLONGMETHODOFTHIRTYTHREELETTE|NO",
      })
  void requestLines(String bytes, String answer) {
    assertAnswer(answer, Sniffers.HTTP_1, unescaped(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 24",
    "P, 23",
    "PRI * HTTP/2.0\\r\\n, 8",
    "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r, 1",
    "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n, 0",
    "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\nrest, 0",
    "PRI * HTTP/1.1\\r\\n, -1",
    "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\r, -1",
    "POST, -1",
    "pri, -1",
  })
  void connectionPrefaces(String bytes, int more) {
    Answer expected = more > 0 ? new NeedMore(more) : more == 0 ? Settled.YES : Settled.NO;
    assertEquals(expected, Sniffers.HTTP_2.sniff(unescaped(bytes)));
  }

  @ParameterizedTest
  @CsvSource({
    // a handshake record with a ClientHello, whole or not
    "160301, MORE",
    "16, MORE",
    "'', MORE",
    "1603010200, YES",
    "160301020001000001fc0303, YES",
    // TLS, though not a ClientHello: TLS has an alert for it
    "1603010004020000000000, YES",
    "1703030010, YES",
    "15030100020228, YES",
    "160301ffff, YES",
    // other protocols
    "474554202f, NO",
    "47, NO",
    "1604, NO",
    "80460103, NO",
    "00000000, NO",
    "18030000, NO",
  })
  void tlsRecords(String hex, String answer) {
    assertAnswer(answer, Sniffers.TLS, ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  @Test
  void aPrefixOfTheApplicationsOwn() {
    Sniffer ssh = Sniffers.prefix("SSH-");
    assertEquals(new NeedMore(4), ssh.sniff(unescaped("")));
    assertEquals(new NeedMore(2), ssh.sniff(unescaped("SS")));
    assertEquals(Settled.YES, ssh.sniff(unescaped("SSH-2.0")));
    assertEquals(Settled.NO, ssh.sniff(unescaped("SSHD")));
  }

  @Test
  void nothingIsTakenAndNothingBeforeThePositionCounts() {
    for (Sniffer sniffer : List.of(Sniffers.TLS, Sniffers.HTTP_1, Sniffers.HTTP_2)) {
      ByteBuffer bytes = unescaped("xxPRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\nyy");
      bytes.position(2).limit(bytes.limit() - 2);
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.capacity());
      direct.put(bytes.duplicate().clear()).position(2).limit(bytes.limit());
      assertEquals(sniffer.sniff(bytes), sniffer.sniff(direct));
      assertEquals(2, bytes.position());
      assertEquals(26, bytes.remaining() + 2);
    }
  }

  /** Whatever is appended, yes stays yes and no stays no. */
  @Test
  void anAnswerStandsWhateverComesNext() {
    List<String> beginnings =
        List.of(
            "GET /index.html HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
            "MKCOL /a HTTP/1.0\\r\\n\\r\\n",
            "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n",
            "EHLO there\\r\\nMAIL FROM:<a@example.org>\\r\\n",
            "\u0016\u0003\u0001\\0\u0005\u0001\\0\\0\u0001\\0");
    for (Sniffer sniffer : List.of(Sniffers.TLS, Sniffers.HTTP_1, Sniffers.HTTP_2)) {
      for (String beginning : beginnings) {
        ByteBuffer bytes = unescaped(beginning);
        Answer before = new NeedMore(1);
        for (int length = 0; length <= bytes.capacity(); length++) {
          Answer now = sniffer.sniff(bytes.duplicate().limit(length));
          if (before instanceof Settled) {
            assertEquals(before, now, beginning + " at " + length);
          }
          before = now;
        }
        assertEquals(true, before instanceof Settled, beginning);
      }
    }
  }

  @Test
  void moreIsAtLeastOne() {
    assertThrows(IllegalArgumentException.class, () -> new NeedMore(0));
  }

  private static void assertAnswer(String expected, Sniffer sniffer, ByteBuffer bytes) {
    Answer answer = sniffer.sniff(bytes);
    assertEquals(expected, answer instanceof NeedMore ? "MORE" : answer.toString());
  }

  private static ByteBuffer unescaped(String text) {
    return ISO_8859_1.encode(text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"));
  }
}
