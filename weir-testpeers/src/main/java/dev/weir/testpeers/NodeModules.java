package dev.weir.testpeers;

import java.nio.file.Files;
import java.nio.file.Path;

/** The npm packages that tests use, as {@code npm ci} lays them in {@code weir-testpeers/npm}. */
public final class NodeModules {
  private NodeModules() {}

  /**
   * The {@code node_modules} directory, to be given to {@code node} as {@code NODE_PATH}. It is
   * found from the working directory of a test, which is that of its module.
   */
  public static Path directory() {
    return Path.of("..", "weir-testpeers", "npm", "node_modules").toAbsolutePath().normalize();
  }

  /** Whether the package of that name is installed. */
  static boolean has(String name) {
    return Files.isDirectory(directory().resolve(name));
  }
}
