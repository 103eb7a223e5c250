package dev.weir.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, read piece by piece by a worker: a disk may be slow, and a loop must not
 * wait for it. The length is what it was in the beginning.
 */
final class FileBody implements BodySource {

  private static final int PIECE = 64 * 1024;

  private final Path file;
  private final long length;
  private @Nullable Sending sending;

  FileBody(Path file, long length) {
    this.file = file;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public void begin(BodySink sink) {
    cut();
    sending = new Sending(sink);
  }

  @Override
  public void writable(BodySink sink) {
    Sending current = sending;
    if (current != null) {
      current.goOn();
    }
  }

  @Override
  public void cut() {
    Sending current = sending;
    sending = null;
    if (current != null) {
      current.stop();
    }
  }

  /** One sending from the beginning; a retry begins another while a worker still reads for this. */
  private final class Sending {
    private final BodySink sink;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).flip();

    /** How many bytes were read so far. */
    private long position;

    private boolean reading;
    private boolean stopped;

    /** The worker's while reading, else the loop's. */
    private @Nullable FileChannel channel;

    Sending(BodySink sink) {
      this.sink = sink;
    }

    void goOn() {
      if (reading || stopped) {
        return;
      }
      if (piece.hasRemaining()) {
        sink.write(piece);
      }
      if (piece.hasRemaining()) {
        sink.wantWritable();
      } else if (position == length) {
        cut();
        sink.end();
      } else {
        reading = true;
        sink.loop().offload(this::read, this::hasRead);
      }
    }

    /** A worker reads the next piece. */
    private boolean read() throws IOException {
      FileChannel open = channel;
      if (open == null) {
        open = FileChannel.open(file);
        channel = open;
      }
      piece.clear().limit((int) Math.min(PIECE, length - position));
      while (piece.hasRemaining()) {
        if (open.read(piece, position + piece.position()) < 0) {
          throw new EOFException(file + " became shorter while it was being sent");
        }
      }
      piece.flip();
      return true;
    }

    private void hasRead(@Nullable Boolean done, @Nullable Exception problem) {
      reading = false;
      if (stopped) {
        close();
      } else if (problem != null) {
        piece.limit(piece.position());
        sink.fail(problem);
      } else {
        position += piece.remaining();
        sink.wantWritable();
      }
    }

    void stop() {
      stopped = true;
      if (!reading) {
        close();
      }
    }

    private void close() {
      FileChannel open = channel;
      channel = null;
      if (open != null) {
        sink.loop()
            .<Boolean>offload(
                () -> {
                  open.close();
                  return true;
                },
                (done, problem) -> {});
      }
    }
  }
}
