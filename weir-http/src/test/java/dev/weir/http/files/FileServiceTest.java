package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.http.Headers;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.loop.spi.Sockets;
import dev.weir.testkit.SimNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileServiceTest {
  private static final Sockets SOCKETS =
      new SimNetwork(1).host("server").context(1).loop().poller().sockets();

  @TempDir Path root;
  private FileService service;

  @BeforeEach
  void serve() throws IOException {
    Files.writeString(root.resolve("digits"), "0123456789".repeat(100));
    Files.createDirectory(root.resolve("dir"));
    service = new FileService(FileMount.of(root), () -> "B");
  }

  private FileService.Answer answer(String method, String path, String... fields)
      throws IOException {
    var request =
        FileRequest.read(Method.of(method), path, null, path, Headers.of(fields), Instant.now());
    return service.answer(request, SOCKETS);
  }

  @Test
  void opensWhatIsToBeSent() throws IOException {
    int large = FileService.SMALL + 1;
    Files.writeString(root.resolve("large"), "0123456789".repeat(large));
    var answer = answer("GET", "/large", "Range", "bytes=5-" + (4 + large));
    try (var file = answer.file()) {
      assertNotNull(file);
      assertNull(answer.bytes());
      var region = assertInstanceOf(FilePlan.Content.Region.class, answer.plan().content());
      assertEquals(large, region.length());
      var bytes = ByteBuffer.allocate(3);
      assertEquals(3, file.read(bytes, region.offset()));
      assertEquals("567", StandardCharsets.US_ASCII.decode(bytes.flip()).toString());
    }
  }

  @Test
  void readsWhatIsSmall() throws IOException {
    Files.writeString(root.resolve("edge"), "e".repeat(FileService.SMALL));
    assertEquals("567", small("/digits", "Range", "bytes=5-7"));
    assertEquals("e".repeat(FileService.SMALL), small("/edge"));
  }

  private String small(String path, String... fields) throws IOException {
    var answer = answer("GET", path, fields);
    assertNull(answer.file());
    return StandardCharsets.US_ASCII.decode(answer.bytes()).toString();
  }

  @Test
  void opensOneFileForSeveralRanges() throws IOException {
    var answer = answer("GET", "/digits", "Range", "bytes=0-1,500-501");
    try (var file = answer.file()) {
      assertNotNull(file);
      assertInstanceOf(FilePlan.Content.Multipart.class, answer.plan().content());
    }
  }

  @Test
  void opensNothingWithoutNeed() throws IOException {
    assertNull(answer("HEAD", "/digits").file());
    assertNull(answer("GET", "/digits", "If-None-Match", "*").file());
    assertNull(answer("GET", "/digits", "Range", "bytes=1000-").file());
    assertNull(answer("GET", "/nothing").file());
    assertNull(answer("GET", "/dir").file());
    assertNull(answer("POST", "/digits").file());
  }

  @Test
  void saysWhatAFileIsThatCannotBeOpened() throws IOException {
    assertEquals(
        new Finding.Failed(Status.FORBIDDEN, null, null),
        FileLookup.unopened(new AccessDeniedException("x")));
    assertEquals(
        new Finding.Failed(Status.NOT_FOUND, null, null),
        FileLookup.unopened(new NoSuchFileException("x")));
    var trouble = new IOException("disk");
    assertSame(trouble, assertThrows(IOException.class, () -> FileLookup.unopened(trouble)));
  }
}
