package dev.weir.natives.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.natives.posix.PosixFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose files the epoll loop's sockets open. */
class EpollFilesTest {

  @TempDir private Path directory;
  private EpollPoller poller;

  @BeforeEach
  void open() throws IOException {
    poller = new EpollPoller();
  }

  @AfterEach
  void close() {
    poller.close();
  }

  private static String text(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    file.read(bytes);
    return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
  }

  @Test
  void thoseOfTheSystemAsTheSystemHasThem() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "system");
    try (FileChannel file = poller.sockets().file(path)) {
      assertInstanceOf(PosixFile.class, file);
      assertEquals("system", text(file));
    }
  }

  /** The JDK has no way to ask. */
  @Test
  void thoseOfTheJdkAreNotKnownToBeInMemory() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "system");
    try (FileChannel file = FileChannel.open(path)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(10);
      assertEquals(0, poller.sockets().readCached(file, bytes, 0));
    }
  }

  @Test
  void thoseInAnArchiveAndNotTheSystemsOfTheSameName() throws IOException {
    Path outside = Files.writeString(directory.resolve("file"), "system");
    Path archive = directory.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path inside = zip.getPath(outside.toString());
      assertThrows(NoSuchFileException.class, () -> poller.sockets().file(inside));
      Files.createDirectories(inside.getParent());
      Files.writeString(inside, "archive");
      try (FileChannel file = poller.sockets().file(inside)) {
        assertEquals("archive", text(file));
      }
    }
  }
}
