package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sends a file through the heap's outside shares a few blocks with all who do. */
class FileBlocksTest {

  private final FileBlocks blocks = new FileBlocks();
  private final List<ByteBuffer> taken = new ArrayList<>();

  @TempDir private Path directory;

  private void lendToAll() {
    for (int n = 0; n < FileBlocks.MOST; n++) {
      blocks.lend(taken::add);
    }
  }

  @Test
  void areNoMoreThanALoopHas() {
    for (int n = 0; n < 3 * FileBlocks.MOST; n++) {
      blocks.lend(taken::add);
    }
    assertEquals(FileBlocks.MOST, taken.size());
    for (int n = 0; n < taken.size(); n++) {
      blocks.give(taken.get(n));
    }
    assertEquals(3 * FileBlocks.MOST, taken.size());
    assertEquals(FileBlocks.MOST, taken.stream().map(System::identityHashCode).distinct().count());
  }

  @Test
  void goToThoseWhoWaitInOrderAndEmpty() {
    lendToAll();
    List<String> order = new ArrayList<>();
    List.of("first", "second").forEach(name -> blocks.lend(block -> order.add(name)));
    ByteBuffer block = taken.getFirst();
    block.limit(7).position(5);
    blocks.give(block);
    assertEquals(List.of("first"), order);
    assertEquals(FileBlocks.SIZE, block.remaining());
    blocks.give(taken.getLast());
    assertEquals(List.of("first", "second"), order);
  }

  @Test
  void passByThoseWhoWantNoneAnyMore() {
    lendToAll();
    blocks.lend(block -> false);
    blocks.lend(block -> false);
    blocks.lend(taken::add);
    blocks.give(taken.getFirst());
    assertSame(taken.getFirst(), taken.getLast());
  }

  @Test
  void areThereAgainIfNobodyWanted() {
    lendToAll();
    blocks.lend(block -> false);
    blocks.give(taken.getFirst());
    blocks.lend(taken::add);
    assertSame(taken.getFirst(), taken.getLast());
  }

  @Test
  void tellThatAFileHasBecomeShorter() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "0123456789");
    try (FileChannel file = FileChannel.open(path)) {
      assertEquals(4, FileBlocks.fill(ByteBuffer.allocate(4), file, 6).remaining());
      assertThrows(EOFException.class, () -> FileBlocks.fill(ByteBuffer.allocate(4), file, 7));
    }
  }
}
