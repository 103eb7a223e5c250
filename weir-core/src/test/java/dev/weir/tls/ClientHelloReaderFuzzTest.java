package dev.weir.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever the bytes: one of the four answers; and what is found does not change with more. */
final class ClientHelloReaderFuzzTest {
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
