package dev.weir.net;

import static dev.weir.net.Probe.ANY;
import static dev.weir.net.Probe.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.stream.ByteStream;
import dev.weir.stream.FileRegion;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file in an archive goes to a real socket, though the system knows it by no descriptor. */
@Timeout(60)
class ArchivedFileTest {

  private static final int SIZE = 300_000;

  @Test
  void arrivesWhole(@TempDir Path directory) throws Exception {
    byte[] content = new byte[SIZE];
    new Random(4).nextBytes(content);
    Path archive = directory.resolve("archive.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"));
        Context context = Context.start()) {
      Path inside = Files.write(zip.getPath("/file"), content);
      try (FileChannel file = context.loop().poller().sockets().file(inside)) {
        var sent = new CompletableFuture<Long>();
        var sender =
            new Probe() {
              @Override
              public void opened(ByteStream stream) {
                var region = new FileRegion(file, 0, SIZE);
                assertTrue(
                    stream.transfer(
                        region,
                        (count, problem) -> {
                          assertNull(problem);
                          sent.complete(count);
                        }));
                stream.close();
              }
            };
        Listener listener = context.listen(ANY, stream -> sender);
        try (Socket peer = new Socket(ANY.getAddress(), listener.port())) {
          assertArrayEquals(content, peer.getInputStream().readAllBytes());
        }
        assertEquals(SIZE, get(sent));
      }
    }
  }
}
