package dev.weir.http.files;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.loop.Loop;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends one planned answer: pieces of text and regions of a file, in order, as the client takes
 * them. A region that the carrier cannot send by itself is read by a worker, a block at a time.
 */
final class FileSender {

  private static final int BLOCK = 64 * 1024;

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  private final Loop loop;
  private final Carrier connection;
  private final HttpResponse response;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private @Nullable FileChannel file;
  private boolean over;

  /** A part of the body: text, or a region of the file. */
  private sealed interface Piece {
    record Text(ByteBuffer bytes) implements Piece {}

    record Region(long position, long count) implements Piece {}
  }

  FileSender(HttpRequest request, HttpResponse response) {
    this.loop = request.loop();
    this.connection = request.carrier();
    this.response = response;
  }

  /** Begins. Loop thread. */
  void send(FileService.Answer answer, boolean head) {
    file = answer.file();
    if (over) {
      close();
      return;
    }
    FilePlan plan = answer.plan();
    FileHandler.head(plan, response);
    switch (plan.content()) {
      case FilePlan.Content.None() -> {}
      case FilePlan.Content.Text(String text) ->
          pieces.add(new Piece.Text(StandardCharsets.UTF_8.encode(text)));
      case FilePlan.Content.Region region ->
          pieces.add(new Piece.Region(region.offset(), region.length()));
      case FilePlan.Content.Multipart multipart -> {
        for (MultipartByteRanges.Part part : multipart.ranges().parts()) {
          pieces.add(new Piece.Text(StandardCharsets.ISO_8859_1.encode(part.head())));
          pieces.add(new Piece.Region(part.range().first(), part.range().length()));
        }
        pieces.add(
            new Piece.Text(StandardCharsets.ISO_8859_1.encode(multipart.ranges().closing())));
      }
    }
    if (head) {
      pieces.clear();
    }
    next();
  }

  /** The exchange is over, in order or not. */
  void over() {
    over = true;
    close();
  }

  private void close() {
    FileChannel open = file;
    file = null;
    if (open != null) {
      loop.<Boolean>offload(
          () -> {
            open.close();
            return true;
          },
          (done, problem) -> {});
    }
  }

  private void next() {
    while (!over) {
      Piece piece = pieces.poll();
      switch (piece) {
        case null -> {
          response.end();
          return;
        }
        case Piece.Text(ByteBuffer bytes) -> {
          response.write(bytes);
          if (bytes.hasRemaining()) {
            pieces.push(piece);
            response.whenWritable(this::next);
            return;
          }
        }
        case Piece.Region region -> {
          if (region.count() > 0) {
            sendRegion(region);
            return;
          }
        }
      }
    }
  }

  private void sendRegion(Piece.Region region) {
    FileChannel open = file;
    if (open == null) {
      response.fail(new IllegalStateException("a region without a file"));
      return;
    }
    FileRegion whole = new FileRegion(open, region.position(), region.count());
    if (!response.transfer(whole, (sent, problem) -> transferred(region, sent, problem))) {
      read(open, region);
    }
  }

  private void transferred(Piece.Region region, long sent, @Nullable Exception problem) {
    if (over) {
      return;
    }
    if (problem instanceof StreamException) {
      // The exchange ends with the connection, and will say so.
      LOG.log(
          Level.DEBUG,
          "{0}: {1} of {2} bytes of a file were sent: {3}",
          connection,
          sent,
          region.count(),
          problem.getMessage());
    } else if (problem != null || sent < region.count()) {
      response.fail(problem != null ? problem : shorter());
    } else {
      next();
    }
  }

  private static EOFException shorter() {
    return new EOFException("the file became shorter while it was sent");
  }

  private void read(FileChannel open, Piece.Region region) {
    int count = (int) Math.min(BLOCK, region.count());
    loop.<ByteBuffer>offload(
        () -> block(open, region.position(), count),
        (block, problem) -> {
          if (over) {
            return;
          }
          if (block == null) {
            response.fail(problem == null ? shorter() : problem);
            return;
          }
          pieces.push(new Piece.Region(region.position() + count, region.count() - count));
          pieces.push(new Piece.Text(block));
          next();
        });
  }

  private static ByteBuffer block(FileChannel open, long position, int count) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(count);
    while (block.hasRemaining()) {
      if (open.read(block, position + block.position()) < 0) {
        throw shorter();
      }
    }
    return block.flip();
  }
}
