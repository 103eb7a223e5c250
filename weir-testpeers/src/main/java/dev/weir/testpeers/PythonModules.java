package dev.weir.testpeers;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds the Python modules that the tests' scripts use, where the distribution installs them. */
final class PythonModules {
  private PythonModules() {}

  /** Whether {@code python3} can import the module of that name. */
  static boolean has(String name) {
    var python = Programs.find("python3");
    if (python.isEmpty()) {
      return false;
    }
    try {
      return new ProcessBuilder(python.get().toString(), "-c", "import " + name)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Python looked for " + name, e);
    }
  }
}
