package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.websocket.WebSocketException;
import dev.weir.websocket.WebSocketLimits;
import dev.weir.websocket.frame.FrameEncoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions take from the heap: nothing for a message that comes whole, little else. */
class MemoryTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Echoes with what the session gives, and allocates nothing of its own. */
  private static final class Echo implements SessionListener, FrameSink {
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
    private final WebSocketSession session;
    private int messages;

    Echo(boolean server, boolean streamed, long maxMessageBytes) {
      var keys = new Random(1);
      var encoder = server ? FrameEncoder.server() : FrameEncoder.client(keys::nextInt);
      var limits = WebSocketLimits.DEFAULTS.withMaxMessageBytes(maxMessageBytes);
      session =
          new WebSocketSession(new SessionConfig(encoder, limits, streamed), null, this, this);
    }

    @Override
    public ByteBuffer lend(int needed, int wished) {
      return out;
    }

    @Override
    public void text(ByteBuffer utf8) {
      messages++;
      session.sendText(utf8, true);
    }

    @Override
    public void binary(ByteBuffer data) {
      messages++;
      session.sendBinary(data, true);
    }

    @Override
    public void piece(boolean text, ByteBuffer bytes, boolean last) {
      messages += last ? 1 : 0;
      session.sendBinary(bytes, last);
    }

    @Override
    public void closed(int code, String reason, @Nullable WebSocketException error) {}
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  private static byte[] repeat(byte[] frame, int times) {
    ByteBuffer all = ByteBuffer.allocate(frame.length * times);
    for (int i = 0; i < times; i++) {
      all.put(frame);
    }
    return all.array();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void echoOfWholeMessagesAllocatesNothing(boolean server) {
    byte[] text = Frame.text("0123456789 äöü ".repeat(5)).bytes(server ? new Random(2) : null);
    byte[] binary = Frame.binary(new byte[300]).bytes(server ? new Random(3) : null);
    byte[] ping = Frame.ping("still there?").bytes(server ? new Random(4) : null);
    byte[] batch = new byte[text.length + binary.length + ping.length];
    ByteBuffer.wrap(batch).put(text).put(binary).put(ping);
    byte[] wire = repeat(batch, 16);
    ByteBuffer in = ByteBuffer.allocateDirect(wire.length);
    var echo = new Echo(server, false, 1 << 20);
    long before = 0;
    for (int i = 0; i < 200; i++) {
      if (i == 100) {
        before = allocated();
      }
      echo.out.clear();
      echo.session.receive(in.clear().put(wire).flip());
    }
    long bytes = allocated() - before;
    assertEquals(200 * 16 * 2, echo.messages);
    assertTrue(bytes < 1000, bytes + " bytes for 3200 messages and 1600 pings");
  }

  @Test
  void streamingAFrameOfManyPiecesAllocatesNothing() {
    var echo = new Echo(true, true, 1 << 30);
    byte[] wire = Frame.binary(new byte[10_000_000]).bytes(new Random(2));
    ByteBuffer in = ByteBuffer.allocateDirect(1000);
    long before = 0;
    for (int at = 0; at < wire.length; at += 1000) {
      if (at == 1_000_000) {
        before = allocated();
      }
      echo.out.clear();
      in.clear().put(wire, at, Math.min(1000, wire.length - at));
      echo.session.receive(in.flip());
    }
    long bytes = allocated() - before;
    assertEquals(1, echo.messages);
    assertTrue(bytes < 1000, bytes + " bytes");
  }

  /** A header may announce gigabytes: memory follows what came. */
  @Test
  void announcedLengthCostsNothing() {
    var echo = new Echo(true, false, Integer.MAX_VALUE);
    ByteBuffer header = ByteBuffer.allocate(1014);
    header.putShort((short) 0x82FF).putLong(2_000_000_000L).putInt(0x01020304);
    long before = allocated();
    echo.session.receive(header.clear());
    long bytes = allocated() - before;
    assertTrue(bytes < 20_000, bytes + " bytes for 1000 that came");
  }

  @Test
  void gatheringTakesAtMostFourTimesWhatCame() {
    var echo = new Echo(true, false, 1 << 24);
    byte[] fragment = Frame.more(new byte[100]).unfinished().bytes(new Random(1));
    byte[] first = Frame.binary(new byte[100]).unfinished().bytes(new Random(1));
    echo.session.receive(ByteBuffer.wrap(first));
    ByteBuffer in = ByteBuffer.wrap(fragment.clone());
    long before = allocated();
    for (int i = 0; i < 10_000; i++) {
      echo.session.receive(in.clear().put(fragment).flip());
    }
    long bytes = allocated() - before;
    assertTrue(bytes < 4_100_000, bytes + " bytes for 1,000,000 that came");
  }

  /** One of a million idle connections. */
  @Test
  void sessionIsSmall() {
    var echo = new Echo(true, false, 1 << 20);
    var config = new SessionConfig(FrameEncoder.server(), WebSocketLimits.DEFAULTS, false);
    var sessions = new WebSocketSession[1000];
    sessions[0] = new WebSocketSession(config, null, echo, echo);
    long before = allocated();
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = new WebSocketSession(config, null, echo, echo);
    }
    long each = (allocated() - before) / sessions.length;
    assertTrue(each < 400, each + " bytes each");
  }
}
