package dev.weir.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: one of the four answers; and what is found does not change with more. */
final class ClientHelloReaderFuzzTest {
  static Stream<byte[]> seeds() {
    var engine =
        TlsProvider.named(TlsProvider.JSSE)
            .client(TlsClientConfig.of(Trust.none()).alpn("h2", "http/1.1").build())
            .connect("www.example.org", 443);
    var net = ByteBuffer.allocate(engine.maxRecord());
    engine.wrap(ByteBuffer.allocate(0), net);
    byte[] hello = Arrays.copyOf(net.array(), net.position());
    return Stream.of(
        hello,
        Arrays.copyOf(hello, hello.length / 2),
        "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest
  void peek(byte[] bytes) {
    var whole = ClientHelloReader.peek(ByteBuffer.wrap(bytes));
    if (whole instanceof ClientHelloPeek.Found found) {
      var exact = ClientHelloReader.peek(ByteBuffer.wrap(bytes, 0, found.length()));
      if (!whole.equals(exact)) {
        throw new AssertionError(whole + " of all bytes, but " + exact + " of its own");
      }
      var less = ClientHelloReader.peek(ByteBuffer.wrap(bytes, 0, found.length() - 1));
      if (!(less instanceof ClientHelloPeek.NeedMore)) {
        throw new AssertionError(less + " of one byte less than is needed");
      }
    }
  }
}
