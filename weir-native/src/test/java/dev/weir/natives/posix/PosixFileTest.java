package dev.weir.natives.posix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link FileChannel} promises of a file that is read. */
class PosixFileTest {

  private static final int SIZE = 200_000;

  private final byte[] content = new byte[SIZE];
  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    new Random(1).nextBytes(content);
    path = Files.write(directory.resolve("file"), content);
  }

  private static ByteBuffer room(boolean direct, int size) {
    return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
  }

  private static byte[] bytes(ByteBuffer read) {
    byte[] bytes = new byte[read.flip().remaining()];
    read.get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isReadFromAnywhere(boolean direct) throws IOException {
    try (FileChannel file = PosixFile.open(path)) {
      ByteBuffer some = room(direct, 300).position(100);
      assertEquals(200, file.read(some, 77));
      some.flip().position(100);
      assertArrayEquals(Arrays.copyOfRange(content, 77, 277), bytes(some.compact()));
      assertEquals(3, file.read(room(direct, 10), SIZE - 3));
      assertEquals(-1, file.read(room(direct, 10), SIZE));
      assertEquals(0, file.read(room(direct, 0), 0));
      assertEquals(0, file.position(), "none of this moves its position");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotReadIntoWhatIsOnlyToBeRead(boolean direct) throws IOException {
    try (PosixFile file = PosixFile.open(path)) {
      ByteBuffer fixed = room(direct, 10).asReadOnlyBuffer();
      assertThrows(IllegalArgumentException.class, () -> file.read(fixed, 0));
      assertThrows(IllegalArgumentException.class, () -> file.read(fixed));
      assertThrows(IllegalArgumentException.class, () -> file.readCached(fixed, 0));
      assertEquals(0, fixed.position());
    }
  }

  /** What has just been written is in memory, where the file system can tell. */
  @Test
  void isReadFromMemory() throws IOException {
    boolean tells = Set.of("ext4", "xfs", "btrfs").contains(Files.getFileStore(path).type());
    try (PosixFile file = PosixFile.open(path)) {
      ByteBuffer some = room(true, 300);
      int count = file.readCached(some, 77);
      assertEquals(tells ? 300 : 0, count);
      assertEquals(count, some.position());
      assertArrayEquals(Arrays.copyOfRange(content, 77, 77 + count), bytes(some));
      assertEquals(tells ? 3 : 0, file.readCached(room(true, 10), SIZE - 3));
      assertEquals(0, file.readCached(room(true, 10), SIZE));
      assertEquals(0, file.position(), "none of this moves its position");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isReadInOrder(boolean direct) throws IOException {
    try (FileChannel file = PosixFile.open(path)) {
      ByteBuffer whole = room(direct, SIZE);
      while (whole.hasRemaining()) {
        assertEquals(whole.position(), file.position());
        file.read(whole);
      }
      assertArrayEquals(content, bytes(whole));
      assertEquals(-1, file.read(room(direct, 1)));
      ByteBuffer[] parts = {room(direct, 5), room(direct, 5), room(direct, 5)};
      assertEquals(8, file.position(SIZE - 8).read(parts));
      assertArrayEquals(Arrays.copyOfRange(content, SIZE - 3, SIZE), bytes(parts[1]));
      assertEquals(0, parts[2].position());
      assertEquals(-1, file.read(parts));
      assertThrows(IllegalArgumentException.class, () -> file.position(-1));
    }
  }

  @Test
  void isTransferred() throws IOException {
    try (FileChannel file = PosixFile.open(path)) {
      var out = new ByteArrayOutputStream();
      var target = Channels.newChannel(out);
      while (out.size() < SIZE) {
        int before = out.size();
        assertEquals(file.transferTo(before, Long.MAX_VALUE, target), out.size() - before);
      }
      assertEquals(0, file.transferTo(SIZE, 1, target));
      assertArrayEquals(content, out.toByteArray());
    }
  }

  @Test
  void hasTheSizeThatItHasNow() throws IOException {
    try (FileChannel file = PosixFile.open(path)) {
      assertEquals(SIZE, file.size());
      Files.write(path, new byte[5]);
      assertEquals(5, file.size());
      assertEquals(0, file.position());
    }
  }

  @Test
  void isOfNoUseOnceItIsClosed() throws IOException {
    PosixFile file = PosixFile.open(path);
    file.close();
    file.close();
    ByteBuffer one = room(true, 1);
    assertThrows(ClosedChannelException.class, () -> file.readCached(one, 0));
    assertFalse(file.isOpen());
    assertThrows(ClosedChannelException.class, () -> file.read(ByteBuffer.allocate(1), 0));
    assertThrows(ClosedChannelException.class, () -> file.read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, file::size);
    assertThrows(ClosedChannelException.class, file::position);
  }

  @Test
  void isNotWritten() throws IOException {
    try (FileChannel file = PosixFile.open(path)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      assertThrows(NonWritableChannelException.class, () -> file.write(one));
      assertThrows(NonWritableChannelException.class, () -> file.write(one, 0));
      assertThrows(NonWritableChannelException.class, () -> file.truncate(0));
      assertThrows(UnsupportedOperationException.class, file::lock);
    }
  }

  @Test
  void isNotOpenedWhereThereIsNone() throws IOException {
    assertThrows(NoSuchFileException.class, () -> PosixFile.open(directory.resolve("none")));
    Path link = Files.createSymbolicLink(directory.resolve("link"), path);
    var refused = assertThrows(FileSystemException.class, () -> PosixFile.open(link));
    assertEquals(link.toString(), refused.getFile());
    assertFalse(refused instanceof NoSuchFileException || refused instanceof AccessDeniedException);
  }
}
