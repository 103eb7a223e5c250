package dev.weir.http.files;

import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.loop.Loop;
import dev.weir.loop.spi.Sockets;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import dev.weir.stream.StreamException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends one planned answer: pieces of text and regions of a file, in order, as the client takes
 * them. A region that the carrier cannot send by itself is read: here if the system has it in
 * memory, else by a worker, a block at a time. What the client does not take of a block is read
 * again when it does: who waits holds no memory.
 */
final class FileSender {

  /** The least that is read at a time, in bytes. */
  private static final int LEAST = 16 * 1024;

  /**
   * The most that is read in a turn, in bytes. It makes four TLS records (RFC 8446 5.2) of any
   * engine, some of which put a few bytes less into each than they may, and leaves in one piece.
   */
  private static final int IN_A_TURN = 60 * 1024;

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  private final Loop loop;
  private final Carrier connection;
  private final HttpResponse response;
  private final Sockets sockets;
  private final FileBlocks blocks;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private @Nullable FileChannel file;
  private boolean over;

  /** How much is read at a time, in bytes: about as much as the client was seen to take. */
  private int share = FileBlocks.SIZE;

  /** A part of the body: bytes, or a region of the file. */
  private sealed interface Piece {
    record Bytes(ByteBuffer bytes) implements Piece {}

    record Region(long position, long count) implements Piece {}
  }

  FileSender(HttpRequest request, HttpResponse response) {
    this.loop = request.loop();
    this.connection = request.carrier();
    this.response = response;
    this.sockets = loop.poller().sockets();
    this.blocks = FileBlocks.of(loop);
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
          pieces.add(new Piece.Bytes(StandardCharsets.UTF_8.encode(text)));
      case FilePlan.Content.Region region -> {
        ByteBuffer bytes = answer.bytes();
        pieces.add(
            bytes == null
                ? new Piece.Region(region.offset(), region.length())
                : new Piece.Bytes(bytes));
      }
      case FilePlan.Content.Multipart multipart -> {
        for (MultipartByteRanges.Part part : multipart.ranges().parts()) {
          pieces.add(new Piece.Bytes(StandardCharsets.ISO_8859_1.encode(part.head())));
          pieces.add(new Piece.Region(part.range().first(), part.range().length()));
        }
        pieces.add(
            new Piece.Bytes(StandardCharsets.ISO_8859_1.encode(multipart.ranges().closing())));
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
    if (open != null && open.isOpen()) {
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
        case Piece.Bytes(ByteBuffer bytes) -> {
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
    if (!response.transfer(whole, new Transfer(open, region, isLast()))) {
      read(open, region);
    }
  }

  /** Whether nothing else of the file follows what is sent now. */
  private boolean isLast() {
    return pieces.stream().noneMatch(Piece.Region.class::isInstance);
  }

  /** A region that the carrier sends by itself. */
  private final class Transfer implements FileRegion.Done {
    private final FileChannel open;
    private final Piece.Region region;
    private final boolean last;

    Transfer(FileChannel open, Piece.Region region, boolean last) {
      this.open = open;
      this.region = region;
      this.last = last;
    }

    @Override
    public void taken() {
      if (last) {
        try {
          open.close();
        } catch (IOException e) {
          // Nothing more was wanted of it.
        }
      }
    }

    @Override
    public void done(long sent, @Nullable Exception problem) {
      transferred(region, sent, problem);
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
      response.fail(problem != null ? problem : FileBlocks.shorter());
    } else {
      next();
    }
  }

  private void read(FileChannel open, Piece.Region region) {
    ByteBuffer bytes = loop.buffers().take();
    try {
      bytes.limit((int) Math.min(Math.min(share, IN_A_TURN), region.count()));
      if (sockets.readCached(open, bytes, region.position()) == 0) {
        readByWorker(open, region);
      } else if (write(bytes.flip(), region)) {
        // The others have their turn.
        loop.execute(this::next);
      }
    } catch (IOException e) {
      response.fail(e);
    } finally {
      loop.buffers().give(bytes);
    }
  }

  private void readByWorker(FileChannel open, Piece.Region region) {
    blocks.lend(block -> {
      if (!over) {
        readByWorker(open, region, block.limit((int) Math.min(share, region.count())));
      }
      return !over;
    });
  }

  private void readByWorker(FileChannel open, Piece.Region region, ByteBuffer block) {
    loop.<ByteBuffer>offload(
        () -> FileBlocks.fill(block, open, region.position()),
        (filled, problem) -> {
          boolean wantsMore = false;
          try {
            if (over) {
              return;
            }
            if (filled == null) {
              response.fail(problem == null ? FileBlocks.shorter() : problem);
            } else {
              wantsMore = write(filled, region);
            }
          } finally {
            blocks.give(block);
          }
          if (wantsMore) {
            next();
          }
        });
  }

  /** Whether the client took all of it, so that more may follow; else that is asked when it can. */
  private boolean write(ByteBuffer bytes, Piece.Region region) {
    int count = bytes.remaining();
    int taken = response.write(bytes);
    share = taken < count ? Math.max(LEAST, taken) : Math.min(FileBlocks.SIZE, 2 * share);
    pieces.push(new Piece.Region(region.position() + taken, region.count() - taken));
    if (taken < count) {
      response.whenWritable(this::next);
    }
    return taken == count;
  }
}
