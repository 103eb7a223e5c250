package dev.weir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import dev.weir.testkit.HostConditions;
import dev.weir.testkit.LinkConditions;
import dev.weir.testkit.SimHost;
import dev.weir.testkit.SimNetwork;
import dev.weir.testkit.TestPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files over a stream, read by a worker: whole, in part, slowly, and cut. */
class TransferTest {

  private static final int SIZE = 300_000;

  private final SimNetwork net = new SimNetwork(1);
  private final SimHost server = net.host("server");
  private final Context serving = server.context(1);
  private final byte[] content = new byte[SIZE];
  private FileChannel file;
  private long sent = -1;
  private int timesDone;
  private @Nullable Exception problem;

  @BeforeEach
  void write(@TempDir Path directory) throws IOException {
    new Random(1).nextBytes(content);
    Path path = directory.resolve("file");
    Files.write(path, content);
    file = FileChannel.open(path);
    net.conditions(HostConditions.DEFAULT.withShortCalls(0.3, 0.3).withBuffers(5000, 5000));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    file.close();
    serving.close();
    net.runUntilIdle();
    assertEquals(0, server.openSockets());
    assertEquals(0, serving.loop().timers());
    assertEquals(0, serving.loop().buffers().lent());
    assertEquals(1, timesDone);
  }

  /** Sends a text, then a region, and closes at once: the region is to be waited for. */
  private final class Sender extends Recorder {
    private final long position;
    private final long count;

    Sender(long position, long count) {
      this.position = position;
      this.count = count;
    }

    @Override
    public void opened(ByteStream stream) {
      super.opened(stream);
      stream.write(bytes("head"));
      assertTrue(stream.transfer(new FileRegion(file, position, count), this::done));
      assertEquals(0, stream.write(ByteBuffer.allocate(10)), "until then it takes no other bytes");
      stream.close();
    }

    private void done(long moved, @Nullable Exception why) {
      sent = moved;
      TransferTest.this.problem = why;
      timesDone++;
    }
  }

  private TestPeer peerOf(Sender sender) {
    serving.listen(server.address(80), stream -> sender);
    return TestPeer.connect(net, "client", server.address(80));
  }

  @Test
  void aFileArrivesBehindWhatWasWritten() {
    peerOf(new Sender(0, SIZE)).expect("head").expect(content).expectEnd().end().expectClosed();
    assertEquals(SIZE, sent);
    assertNull(problem);
  }

  @Test
  void aPartOfAFileArrives() {
    peerOf(new Sender(1000, 77_777))
        .expect("head")
        .expect(Arrays.copyOfRange(content, 1000, 78_777))
        .expectEnd()
        .end();
    assertEquals(77_777, sent);
  }

  @Test
  void nothingOfAFileIsDoneAtOnce() {
    peerOf(new Sender(5, 0)).expect("head").expectEnd().end();
    assertEquals(0, sent);
  }

  @Test
  void aFileThatIsShorterThanItsRegionTellsByTheCount() {
    peerOf(new Sender(SIZE - 10, 1000))
        .expect("head")
        .expect(Arrays.copyOfRange(content, SIZE - 10, SIZE))
        .expectEnd()
        .end();
    assertEquals(10, sent);
    assertNull(problem);
  }

  @Test
  void closingWaitsForASlowFileHoweverLong() {
    net.conditions(LinkConditions.DEFAULT.withBandwidth(20_000));
    peerOf(new Sender(0, SIZE)).expect("head").expect(content).expectEnd().end();
    assertTrue(net.elapsed().toSeconds() >= 14, "" + net.elapsed());
    assertEquals(SIZE, sent);
  }

  @Test
  void aPeerThatCutsEndsTheTransfer() {
    Sender sender = new Sender(0, SIZE);
    TestPeer peer = peerOf(sender);
    peer.expect("head").reset();
    net.runUntil(() -> timesDone > 0 && sender.isClosed());
    assertInstanceOf(StreamException.class, problem);
    assertTrue(sent < SIZE);
  }

  @Test
  void aFileThatCannotBeReadIsToBlameAndEndsTheStream() throws IOException {
    Sender sender = new Sender(0, SIZE);
    TestPeer peer = peerOf(sender);
    peer.expect("head").pause();
    net.run(Duration.ofSeconds(1));
    file.close();
    peer.resume().expectReset();
    assertInstanceOf(ClosedChannelException.class, problem);
    assertTrue(sent < SIZE);
  }

  @Test
  void resettingEndsTheTransfer() {
    Sender sender = new Sender(0, SIZE);
    TestPeer peer = peerOf(sender);
    peer.expect("head");
    sender.onLoop(() -> sender.stream.reset(0));
    net.runUntil(() -> timesDone > 0 && sender.isClosed());
    assertInstanceOf(StreamException.class, problem);
    net.run(Duration.ofSeconds(1));
    peer.expectReset();
  }
}
