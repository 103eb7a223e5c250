package dev.weir.http.client;

import dev.weir.testpeers.PeerProcess;
import dev.weir.tls.Identity;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs {@code h2_server.py}: what each path of it does is said there. */
final class PythonH2Server implements AutoCloseable {

  private final PeerProcess process;
  private final int port;

  private PythonH2Server(PeerProcess process) throws InterruptedException {
    this.process = process;
    this.port = Integer.parseInt(process.await(line -> true));
  }

  /**
   * Starts one.
   *
   * @param settings of its connections, as JSON
   * @param identity for TLS, or {@code null} for none
   */
  static PythonH2Server start(Path directory, String settings, @Nullable Identity identity)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(script(), settings));
    if (identity != null) {
      arguments.add(
          Files.writeString(directory.resolve("chain.pem"), identity.chainToPem()).toString());
      arguments.add(
          Files.writeString(directory.resolve("key.pem"), identity.keyToPem()).toString());
    }
    return new PythonH2Server(
        PeerProcess.start(directory, "python3", arguments.toArray(String[]::new)));
  }

  private static String script() {
    try {
      var script = PythonH2Server.class.getResource("h2_server.py");
      return Path.of(Objects.requireNonNull(script).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  /** What it found wrong about its clients, line by line. */
  String complaints() {
    return process.output().substring(Integer.toString(port).length()).strip();
  }

  @Override
  public void close() {
    process.close();
  }
}
