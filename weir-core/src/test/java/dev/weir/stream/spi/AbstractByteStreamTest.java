package dev.weir.stream.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life of a stream on the least of carriers. */
class AbstractByteStreamTest {

  private final Loop loop = new Loop(new IdlePoller(), Runnable::run);
  private final List<String> told = new ArrayList<>();
  private final Least stream = new Least(loop);

  /** Takes everything, and is gone as soon as it may be. */
  private static final class Least extends AbstractByteStream {
    Least(Loop loop) {
      super(loop);
    }

    @Override
    public Carrier carrier() {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public void send(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public boolean sendEnd() {
      finishIfEnded();
      return true;
    }

    @Override
    protected void closing() {}

    @Override
    protected void bothEnded() {
      gone(null);
      settleLater();
    }

    @Override
    protected void cut(WeirException why) {
      gone(why);
      settleLater();
    }

    @Override
    protected void readOn() {}
  }

  /** Writes down what it is told. */
  private final class Teller implements StreamHandler {
    @Override
    public void opened(ByteStream opened) {
      told.add("opened");
    }

    @Override
    public void received(ByteStream from, ByteBuffer bytes) {
      String text = ISO_8859_1.decode(bytes).toString();
      told.add(text);
      if (text.equals("fail")) {
        throw new IllegalStateException("on purpose");
      }
    }

    @Override
    public void ended(ByteStream from) {
      told.add("ended");
    }

    @Override
    public void writable(ByteStream to) {
      told.add("writable");
    }

    @Override
    public void closed(ByteStream gone, @Nullable WeirException why) {
      told.add("closed by " + (why == null ? "nothing" : why.layer() + " " + why.code()));
    }
  }

  private void turns(Runnable task) {
    loop.execute(task);
    for (int n = 0; n < 4; n++) {
      loop.turn(0);
    }
    assertEquals(0, loop.buffers().lent());
  }

  private void begin() {
    turns(() -> stream.open(new Teller()));
  }

  @Test
  void whenBothDirectionsHaveEndedItIsClosedInOrder() {
    begin();
    turns(() -> stream.in.receive(ISO_8859_1.encode("bytes")));
    turns(stream.in::end);
    turns(stream::end);
    assertEquals(List.of("opened", "bytes", "ended", "closed by nothing"), told);
  }

  @Test
  void aClosedStreamIsToldNothingOfWhatStillComes() {
    begin();
    stream.close();
    turns(() -> stream.in.receive(ISO_8859_1.encode("late")));
    turns(stream.in::end);
    assertEquals(List.of("opened", "closed by nothing"), told);
  }

  @Test
  void aResetIsToldOnceAndNothingAfterIt() {
    begin();
    turns(() -> {
      stream.wantWritable();
      stream.write(ByteBuffer.allocate(10));
      stream.reset(7);
      stream.reset(8);
      stream.close();
    });
    turns(stream.in::end);
    assertEquals(List.of("opened", "closed by stream 7"), told);
  }

  @Test
  void aHandlerThatFailsIsCutOff() {
    begin();
    turns(() -> stream.in.receive(ISO_8859_1.encode("fail")));
    assertEquals(List.of("opened", "fail", "closed by handler -1"), told);
  }

  @Test
  void aCallSetsOffNothingInsideOfIt() {
    begin();
    turns(() -> {
      stream.wantWritable();
      stream.wantWritable();
      assertEquals(List.of("opened"), told);
    });
    assertEquals(List.of("opened", "writable"), told);
  }
}
