package dev.weir.bench.run;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** When a first reply is there. */
class FirstReplyTest {

  private static InputStream says(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A server that keeps the connection open although it was asked to close it. */
  private static final class Open extends InputStream {
    @Override
    public int read() {
      throw new AssertionError("would wait for ever");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return read();
    }
  }

  @Test
  void isWholeWithItsLastByteWhetherTheServerClosesOrNot() throws IOException {
    InputStream inPieces =
        new SequenceInputStream(
            says("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nHello, "),
            new SequenceInputStream(says("World!"), new Open()));
    FirstReply.read(inPieces);
  }

  @Test
  void isNotAnything() {
    assertThrows(EOFException.class, () -> FirstReply.read(says("HTTP/1.1 404 Not Found\r\n\r\n")));
  }
}
