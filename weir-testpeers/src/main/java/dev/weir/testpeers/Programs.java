package dev.weir.testpeers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the external programs that tests talk to. */
public final class Programs {
  private static final String SYSTEM_DIRECTORIES = "/usr/sbin" + File.pathSeparator + "/usr/bin";

  private Programs() {}

  /**
   * The executable of that name: {@code /usr/bin/python3} for {@code python3}, whatever the PATH
   * puts before it, since that one sees the packages of the distribution; the file itself for an
   * absolute path; else the first on the PATH; else one in the system directories, where servers
   * live that an ordinary user's PATH omits.
   */
  public static Optional<Path> find(String name) {
    if (Path.of(name).isAbsolute()) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    if (name.equals("python3")) {
      return in("/usr/bin", name);
    }
    return in(System.getenv().getOrDefault("PATH", ""), name)
        .or(() -> in(SYSTEM_DIRECTORIES, name));
  }

  /**
   * The executable of that name, for a test that is marked {@link NeedsProgram}.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path get(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not installed"));
  }

  private static Optional<Path> in(String directories, String name) {
    return Stream.of(directories.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
