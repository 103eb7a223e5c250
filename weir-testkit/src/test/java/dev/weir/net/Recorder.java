package dev.weir.net;

import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes everything and notes what it is told, in order. Tests override what they are about. */
class Recorder implements StreamHandler {

  final List<String> events = new ArrayList<>();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  @Nullable ByteStream stream;
  @Nullable WeirException problem;

  @Override
  public void opened(ByteStream opened) {
    stream = opened;
    events.add("opened");
  }

  @Override
  public void received(ByteStream from, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    received.writeBytes(copy);
    String last = events.isEmpty() ? "" : events.getLast();
    if (!last.equals("received")) {
      events.add("received");
    }
  }

  @Override
  public void ended(ByteStream from) {
    events.add("ended");
    from.end();
  }

  @Override
  public void closed(ByteStream gone, @Nullable WeirException why) {
    problem = why;
    events.add(why == null ? "closed" : "closed by " + why.getClass().getSimpleName());
  }

  boolean isClosed() {
    return !events.isEmpty() && events.getLast().startsWith("closed");
  }

  String text() {
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  /** Runs on the stream's loop. */
  void onLoop(Runnable what) {
    ByteStream open = stream;
    if (open == null) {
      throw new AssertionError("not open: " + events);
    }
    open.loop().execute(what);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
