package dev.weir.sniff;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.sniff.Sniffer.Answer;
import dev.weir.sniff.Sniffer.NeedMore;
import dev.weir.sniff.Sniffer.Settled;
import dev.weir.tls.ClientHelloPeek;
import dev.weir.tls.ClientHelloReader;
import java.nio.ByteBuffer;

/** The sniffers of protocols that Weir speaks. Any thread. */
public final class Sniffers {

  /**
   * A TLS record that can carry a ClientHello (RFC 8446 5.1). It says yes to one that is malformed
   * too: TLS has an alert for that.
   */
  public static final Sniffer TLS = Sniffers::tls;

  /**
   * The request line of HTTP/1.x (RFC 9112 3). A method that RFC 9110 or RFC 5789 defines is
   * enough, so that whatever is wrong behind it gets the answer that HTTP has for it; an extension
   * method needs the whole line.
   */
  public static final Sniffer HTTP_1 = new RequestLineSniffer();

  /** The client's connection preface of HTTP/2 with prior knowledge (RFC 9113 3.4). */
  public static final Sniffer HTTP_2 = prefix("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  private Sniffers() {}

  /** Whatever begins with {@code text}, each character one byte: {@code SSH-} for one. */
  public static Sniffer prefix(String text) {
    byte[] expected = text.getBytes(ISO_8859_1);
    return first -> {
      int there = Math.min(first.remaining(), expected.length);
      for (int n = 0; n < there; n++) {
        if (first.get(first.position() + n) != expected[n]) {
          return Settled.NO;
        }
      }
      return there == expected.length ? Settled.YES : new NeedMore(expected.length - there);
    };
  }

  private static Answer tls(ByteBuffer first) {
    return switch (ClientHelloReader.peek(first)) {
      case ClientHelloPeek.NotTls _ -> Settled.NO;
      case ClientHelloPeek.Found _, ClientHelloPeek.Malformed _ -> Settled.YES;
      case ClientHelloPeek.NeedMore _ -> {
        int missing = ClientHelloReader.RECORD_HEADER - first.remaining();
        yield missing > 0 ? new NeedMore(missing) : Settled.YES;
      }
    };
  }
}
