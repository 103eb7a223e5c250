package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.tls.Identity;
import dev.weir.tls.TlsClientConfig;
import dev.weir.tls.TlsProvider;
import dev.weir.tls.TlsServerConfig;
import dev.weir.tls.TlsServerContext;
import dev.weir.tls.Trust;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link SocketStreamTest} holds the socket to, for TLS above it. */
@Timeout(30)
class TlsStreamTest {

  private static final TlsProvider JSSE = TlsProvider.named(TlsProvider.JSSE);

  private Context context;

  @BeforeEach
  void start() {
    context = Context.start();
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void bytesLeftWhilePausedComeBeforeThePeersEnd() throws Exception {
    Probe probe =
        new Probe() {
          private boolean paused;

          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {
            if (paused) {
              super.received(stream, bytes);
            } else {
              paused = true;
              stream.pause();
              stream.loop().execute(stream::resume);
            }
          }
        };
    sendAndEnd("last words", probe);
    assertEquals("last words", get(probe.ended));
    assertEquals(Optional.empty(), get(probe.closed));
  }

  @Test
  void aHandlerThatComesAfterThePeersEndIsToldOfItBehindTheBytes() throws Exception {
    Probe second = new Probe();
    sendAndEnd(
        "late",
        new StreamHandler() {
          @Override
          public void received(ByteStream stream, ByteBuffer bytes) {}

          @Override
          public void ended(ByteStream stream) {
            stream.handler(second);
          }
        });
    assertEquals("late", get(second.ended));
    assertEquals(Optional.empty(), get(second.closed));
  }

  private void sendAndEnd(String text, StreamHandler to) {
    Identity identity = Identity.selfSigned(Instant.now(), Duration.ofDays(1), "localhost");
    TlsServerContext server = JSSE.server(TlsServerConfig.of(identity).build());
    Listener listener = context.listen(ANY, Tls.server(JSSE, name -> server, stream -> to));
    Probe client =
        new Probe() {
          @Override
          public void opened(ByteStream stream) {
            stream.write(ISO_8859_1.encode(text));
            stream.end();
          }
        };
    context.connect(
        Endpoint.of(listener.address()),
        Tls.client(
            JSSE.client(TlsClientConfig.of(Trust.insecure()).build()),
            "localhost",
            listener.port(),
            client));
  }
}
