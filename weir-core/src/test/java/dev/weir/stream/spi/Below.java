package dev.weir.stream.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.loop.Loop;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A carrier under a sending part that writes down what it is called with. */
class Below implements SendingPart.Sink {
  final SendingPart part = new SendingPart(this);
  final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  final List<String> calls = new ArrayList<>();
  int room = Integer.MAX_VALUE;
  boolean roomForEnd = true;
  boolean fails;

  private final IdlePoller poller = new IdlePoller();
  private final Loop loop = new Loop(poller, Runnable::run);
  private final boolean together;

  /**
   * @param together whether what leaves at the end of a turn is sent when the poller writes
   */
  Below(boolean together) {
    this.together = together;
  }

  @Override
  public boolean sendSoon(ByteBuffer bytes) {
    if (!together) {
      return SendingPart.Sink.super.sendSoon(bytes);
    }
    assertTrue(bytes.isDirect(), "the loop's own buffer");
    poller.writing =
        () -> {
          poller.writing = () -> {};
          send(bytes);
          part.left();
        };
    return false;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public void send(ByteBuffer bytes) {
    calls.add("send " + bytes.remaining());
    if (fails) {
      part.stop();
      return;
    }
    int count = Math.min(room, bytes.remaining());
    byte[] copy = new byte[count];
    bytes.get(copy);
    taken.writeBytes(copy);
    room -= count;
  }

  @Override
  public boolean sendEnd() {
    calls.add(roomForEnd ? "end" : "no room for the end");
    return roomForEnd;
  }

  @Override
  public void drained() {
    calls.add("drained");
  }

  @Override
  public void settleLater() {
    calls.add("settle");
  }

  String text() {
    return taken.toString(ISO_8859_1);
  }

  /** One turn; nothing may be left lent after it. */
  void turn() {
    loop.turn(0);
    assertEquals(0, loop.buffers().lent());
  }

  /** What it has been called with since this was asked for last. */
  void expect(String... lines) {
    assertEquals(List.of(lines), calls);
    calls.clear();
  }

  static ByteBuffer bytes(String text) {
    return ISO_8859_1.encode(text);
  }

  static ByteBuffer given(@Nullable ByteBuffer room) {
    assertNotNull(room);
    return room;
  }
}
