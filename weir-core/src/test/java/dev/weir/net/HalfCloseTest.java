package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static dev.weir.net.Probe.on;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each direction of a real connection ends by itself, in order or not. */
@Timeout(60)
class HalfCloseTest {

  private final Context context = Context.start();

  @AfterEach
  void close() {
    context.close();
  }

  /** A probe that does not close when the peer ends. */
  private static final class HalfOpen extends Probe {
    final CompletableFuture<String> peerEnded = new CompletableFuture<>();

    @Override
    public void ended(ByteStream stream) {
      peerEnded.complete(text());
    }
  }

  @Test
  void whatComesAfterOurEndIsStillHeard() throws Exception {
    HalfOpen probe = new HalfOpen();
    try (Socket peer = accepted(probe)) {
      ByteStream stream = get(probe.opened);
      write(stream, "the question");
      on(
          stream.loop(),
          () -> {
            stream.end();
            return null;
          });
      assertEquals("the question", new String(peer.getInputStream().readAllBytes(), ISO_8859_1));
      peer.getOutputStream().write("the answer".getBytes(ISO_8859_1));
      peer.shutdownOutput();
      assertEquals("the answer", get(probe.peerEnded));
      assertEquals(Optional.empty(), get(probe.closed));
    }
  }

  @Test
  void thePeersEndLeavesUsSpeaking() throws Exception {
    HalfOpen probe = new HalfOpen();
    try (Socket peer = accepted(probe)) {
      peer.getOutputStream().write("the question".getBytes(ISO_8859_1));
      peer.shutdownOutput();
      assertEquals("the question", get(probe.peerEnded));
      ByteStream stream = get(probe.opened);
      write(stream, "a long ");
      write(stream, "answer");
      assertFalse(probe.closed.isDone());
      stream.close();
      assertEquals("a long answer", new String(peer.getInputStream().readAllBytes(), ISO_8859_1));
      assertEquals(Optional.empty(), get(probe.closed));
    }
  }

  @Test
  void nothingIsTakenAfterTheEnd() throws Exception {
    HalfOpen probe = new HalfOpen();
    try (Socket peer = accepted(probe)) {
      ByteStream stream = get(probe.opened);
      assertEquals(
          0,
          on(
              stream.loop(),
              () -> {
                stream.end();
                return stream.write(ByteBuffer.allocate(10));
              }));
      assertEquals(-1, peer.getInputStream().read());
    }
  }

  @Test
  void writingToAPeerThatHasGoneIsToldAsReset() throws Exception {
    HalfOpen probe = new HalfOpen();
    ByteStream stream;
    try (Socket peer = accepted(probe)) {
      stream = get(probe.opened);
      assertTrue(peer.isConnected());
    }
    // Closed, not ended: the system answers what still comes with a reset (RFC 9293 3.10.7.4).
    get(probe.peerEnded);
    while (!probe.closed.isDone()) {
      on(stream.loop(), () -> stream.write(ByteBuffer.allocate(1000)));
    }
    assertInstanceOf(StreamException.Reset.class, get(probe.closed).orElseThrow());
    assertEquals(0, on(stream.loop(), () -> stream.write(ByteBuffer.allocate(1))));
  }

  @Test
  void aResetAfterThePeersEndIsToldThoughNothingIsWritten() throws Exception {
    HalfOpen probe = new HalfOpen();
    try (Socket peer = accepted(probe)) {
      peer.getOutputStream().write("the question".getBytes(ISO_8859_1));
      peer.shutdownOutput();
      assertEquals("the question", get(probe.peerEnded));
      peer.setSoLinger(true, 0);
    }
    assertInstanceOf(StreamException.Reset.class, get(probe.closed).orElseThrow());
  }

  @Test
  void aPeerThatHasEndedAndIsStillThereIsWaitedFor() throws Exception {
    HalfOpen quiet = new HalfOpen();
    HalfOpen cut = new HalfOpen();
    try (Socket peer = accepted(quiet)) {
      peer.shutdownOutput();
      get(quiet.peerEnded);
      try (Socket other = accepted(cut)) {
        other.shutdownOutput();
        get(cut.peerEnded);
        other.setSoLinger(true, 0);
      }
      // Both are looked at together: when the one is told, the other could have been.
      get(cut.closed);
      ByteStream stream = get(quiet.opened);
      write(stream, "the answer");
      stream.close();
      assertEquals("the answer", new String(peer.getInputStream().readAllBytes(), ISO_8859_1));
      assertEquals(Optional.empty(), get(quiet.closed));
    }
  }

  @Test
  void aPeersResetIsAResetAlthoughBytesWait() throws Exception {
    HalfOpen probe = new HalfOpen();
    try (Socket peer = accepted(probe)) {
      ByteStream stream = get(probe.opened);
      while (on(stream.loop(), () -> stream.write(ByteBuffer.allocate(10_000))) > 0) {
        // Until the peer's window and the system's buffer are full.
      }
      peer.setSoLinger(true, 0);
    }
    assertInstanceOf(StreamException.Reset.class, get(probe.closed).orElseThrow());
    assertFalse(on(get(probe.opened).loop(), () -> get(probe.opened).hasUnsent()));
  }

  @Test
  void ourResetIsAResetToThePeer() throws Exception {
    Probe probe = new Probe();
    try (Socket peer = accepted(probe)) {
      get(probe.opened).reset(0);
      assertInstanceOf(StreamException.Aborted.class, get(probe.closed).orElseThrow());
      assertThrows(SocketException.class, () -> peer.getInputStream().read());
    }
  }

  private Socket accepted(Probe probe) throws IOException {
    return new Socket(ANY.getAddress(), context.listen(ANY, stream -> probe).port());
  }

  private static void write(ByteStream stream, String text) throws Exception {
    ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
    assertEquals(text.length(), on(stream.loop(), () -> stream.write(bytes)));
  }
}
