package dev.weir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first bytes of a connection. */
final class ClientHelloReaderTest {
  private static final byte[] SNI = extension(0, vector16(concat(bytes(0), vector16("a.Example"))));
  private static final byte[] ALPN =
      extension(16, vector16(concat(vector8("h2"), vector8("http/1.1"))));

  private static ClientHelloPeek peek(byte[] bytes) {
    var buffer = ByteBuffer.allocateDirect(bytes.length + 9).position(7).limit(7 + bytes.length);
    buffer.duplicate().put(bytes);
    var answer = ClientHelloReader.peek(buffer);
    assertEquals(7, buffer.position());
    assertEquals(bytes.length, buffer.remaining());
    return answer;
  }

  @Test
  void hostAndProtocols() {
    byte[] hello = record(hello(SNI, ALPN));
    assertEquals(
        new ClientHelloPeek.Found("a.example", List.of("h2", "http/1.1"), hello.length),
        peek(hello));
    byte[] more = concat(hello, bytes(1, 2, 3));
    assertEquals(peek(hello), peek(more));
  }

  @Test
  void neitherIsNeeded() {
    var expected = new ClientHelloPeek.Found(null, List.of(), record(hello()).length);
    assertEquals(expected, peek(record(hello())));
    byte[] noExtensions = message(concat(new byte[34], bytes(0, 0, 2, 0x13, 1, 1, 0)));
    assertInstanceOf(ClientHelloPeek.Found.class, peek(record(noExtensions)));
  }

  @Test
  void everyByteCounts() {
    byte[] hello = record(hello(SNI, ALPN));
    for (int length = 0; length < hello.length; length++) {
      byte[] start = java.util.Arrays.copyOf(hello, length);
      assertEquals(new ClientHelloPeek.NeedMore(), peek(start), length + " bytes");
    }
  }

  @Test
  void fragmentsOfAnySize() {
    byte[] message = hello(SNI, ALPN);
    var random = new Random(1);
    for (int round = 0; round < 200; round++) {
      var records = new ByteArrayOutputStream();
      for (int at = 0; at < message.length; ) {
        int length = Math.min(1 + random.nextInt(1 + random.nextInt(100)), message.length - at);
        records.writeBytes(record(java.util.Arrays.copyOfRange(message, at, at + length)));
        at += length;
      }
      byte[] all = records.toByteArray();
      assertEquals(
          new ClientHelloPeek.Found("a.example", List.of("h2", "http/1.1"), all.length), peek(all));
      int cut = random.nextInt(all.length);
      assertEquals(new ClientHelloPeek.NeedMore(), peek(java.util.Arrays.copyOf(all, cut)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "G",
        "PRI * HTTP/2.0",
        "SSH-2.0-OpenSSH",
        "\u0000",
        "\u0016\u0002",
        "\u0080.\u0001\u0003\u0001",
        "PROXY TCP4",
        "\u0010\u000c\u0000\u0004MQTT",
      })
  void otherProtocols(String start) {
    var answer =
        assertInstanceOf(
            ClientHelloPeek.NotTls.class, peek(start.getBytes(StandardCharsets.ISO_8859_1)));
    assertTrue(answer.reason().startsWith("not TLS: \""), answer.reason());
    assertTrue(answer.reason().chars().allMatch(c -> c >= ' ' && c < 0x7f), answer.reason());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "plaintext alert, UNEXPECTED_MESSAGE, 15030300020228",
    "application data, UNEXPECTED_MESSAGE, 170303000100",
    "change cipher spec, UNEXPECTED_MESSAGE, 140303000101",
    "empty record, UNEXPECTED_MESSAGE, 1603010000",
    "too long a record, RECORD_OVERFLOW, 1603014001",
    "longest length, RECORD_OVERFLOW, 160301ffff",
    "a server hello, UNEXPECTED_MESSAGE, 160303000402000000",
    "hello request, UNEXPECTED_MESSAGE, 160303000100",
    "too long a hello, ILLEGAL_PARAMETER, 160301000401ffffff",
    "hello over the limit, ILLEGAL_PARAMETER, 160301000401003ff8",
    "two messages in a record, UNEXPECTED_MESSAGE, 1603010008010000000e000000",
    "other record within, UNEXPECTED_MESSAGE, 1603010004010000ff15030300020228",
    "no record within, UNEXPECTED_MESSAGE, 1603010004010000ff4745542020",
    "empty hello, DECODE_ERROR, 160301000401000000",
  })
  void malformedRecords(String name, TlsAlert alert, String hex) {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    var answer = assertInstanceOf(ClientHelloPeek.Malformed.class, peek(bytes), name);
    assertEquals(alert, answer.alert(), answer.reason());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "extension cut short, DECODE_ERROR, 000a0004 0001",
    "extension header cut, DECODE_ERROR, 000a",
    "empty server name, DECODE_ERROR, 00000000",
    "empty server name list, DECODE_ERROR, 00000002 0000",
    "list past its extension, DECODE_ERROR, 00000004 0004 0000",
    "bytes after the list, DECODE_ERROR, 00000007 0004 00 0001 61 ff",
    "name past the list, DECODE_ERROR, 00000006 0004 00 0002 61",
    "empty name, ILLEGAL_PARAMETER, 00000005 0003 00 0000",
    "name with a space, ILLEGAL_PARAMETER, 00000006 0004 00 0001 20",
    "name with a zero, ILLEGAL_PARAMETER, 00000006 0004 00 0001 00",
    "name beyond ASCII, ILLEGAL_PARAMETER, 00000006 0004 00 0001 e9",
    "two names, ILLEGAL_PARAMETER, 0000000a 0008 00 0001 61 00 0001 62",
    "extension twice, ILLEGAL_PARAMETER, 002b0000 002b0000",
    "server name twice, ILLEGAL_PARAMETER, 00000006 0004 00 0001 61 00000006 0004 00 0001 61",
    "empty protocols, DECODE_ERROR, 00100002 0000",
    "empty protocol, DECODE_ERROR, 00100003 0001 00",
    "protocol past the list, DECODE_ERROR, 00100004 0002 0268",
    "bytes after protocols, DECODE_ERROR, 00100005 0002 0168 ff",
  })
  void malformedExtensions(String name, TlsAlert alert, String hex) {
    byte[] extensions = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    var answer =
        assertInstanceOf(ClientHelloPeek.Malformed.class, peek(record(hello(extensions))), name);
    assertEquals(alert, answer.alert(), answer.reason());
  }

  @Test
  void bytesAfterTheExtensions() {
    byte[] body = concat(new byte[34], bytes(0, 0, 2, 0x13, 1, 1, 0, 0, 0, 9));
    var answer = assertInstanceOf(ClientHelloPeek.Malformed.class, peek(record(message(body))));
    assertEquals(TlsAlert.DECODE_ERROR, answer.alert());
  }

  /** Found by fuzzing: such a hello was taken before its record was whole. */
  @Test
  void bytesAfterTheHelloInItsRecord() {
    byte[] longer = record(concat(hello(SNI), bytes(0)));
    for (byte[] start : List.of(longer, java.util.Arrays.copyOf(longer, longer.length - 1))) {
      var answer = assertInstanceOf(ClientHelloPeek.Malformed.class, peek(start));
      assertEquals(TlsAlert.UNEXPECTED_MESSAGE, answer.alert());
    }
  }

  @Test
  void namesOfOtherTypesArePassedOver() {
    byte[] other = extension(0, vector16(concat(bytes(9), vector16("x"), bytes(0), vector16("y"))));
    assertEquals("y", ((ClientHelloPeek.Found) peek(record(hello(other)))).serverName());
  }

  @Test
  void longNamesAreRefused() {
    byte[] longest = extension(0, vector16(concat(bytes(0), vector16("a".repeat(255)))));
    assertInstanceOf(ClientHelloPeek.Found.class, peek(record(hello(longest))));
    byte[] longer = extension(0, vector16(concat(bytes(0), vector16("a".repeat(256)))));
    assertInstanceOf(ClientHelloPeek.Malformed.class, peek(record(hello(longer))));
  }

  /** Many tiny records must not make the reader look at bytes without end. */
  @Test
  void recordsOfOneByteAreLimited() {
    byte[] message = hello(extension(21, new byte[4000]));
    var records = new ByteArrayOutputStream();
    for (byte b : message) {
      records.writeBytes(record(new byte[] {b}));
    }
    var answer = assertInstanceOf(ClientHelloPeek.Malformed.class, peek(records.toByteArray()));
    assertEquals(TlsAlert.ILLEGAL_PARAMETER, answer.alert());
    int limit = ClientHelloReader.MAX_LENGTH;
    byte[] within = java.util.Arrays.copyOf(records.toByteArray(), limit);
    assertEquals(new ClientHelloPeek.NeedMore(), peek(within));
  }

  @Test
  void largeHellosWithinTheLimit() {
    int room = ClientHelloReader.MAX_LENGTH - record(hello(extension(21, new byte[0]))).length;
    byte[] largest = record(hello(extension(21, new byte[room])));
    assertEquals(ClientHelloReader.MAX_LENGTH, largest.length);
    assertInstanceOf(ClientHelloPeek.Found.class, peek(largest));
    byte[] larger = record(hello(extension(21, new byte[room + 1])));
    assertInstanceOf(ClientHelloPeek.Malformed.class, peek(larger));
  }

  @Test
  void whatClientsReallySend() {
    var engine =
        TlsProvider.named(TlsProvider.JSSE)
            .client(TlsClientConfig.of(Trust.none()).alpn("h2", "http/1.1").build())
            .connect("www.example.org", 443);
    var net = ByteBuffer.allocate(engine.maxRecord());
    assertEquals(TlsStatus.NEED_INPUT, engine.wrap(ByteBuffer.allocate(0), net));
    net.flip();
    assertEquals(
        new ClientHelloPeek.Found("www.example.org", List.of("h2", "http/1.1"), net.remaining()),
        ClientHelloReader.peek(net));
  }

  private static byte[] hello(byte[]... extensions) {
    byte[] all = concat(extensions);
    return message(concat(new byte[34], bytes(0, 0, 2, 0x13, 1, 1, 0), vector16(all)));
  }

  private static byte[] message(byte[] body) {
    return concat(bytes(1, body.length >> 16, body.length >> 8, body.length), body);
  }

  private static byte[] record(byte[] fragment) {
    return concat(bytes(22, 3, 1, fragment.length >> 8, fragment.length), fragment);
  }

  private static byte[] extension(int type, byte[] body) {
    return concat(bytes(type >> 8, type), vector16(body));
  }

  private static byte[] vector8(String text) {
    return concat(bytes(text.length()), text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] vector16(String text) {
    return vector16(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] vector16(byte[] body) {
    return concat(bytes(body.length >> 8, body.length), body);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
