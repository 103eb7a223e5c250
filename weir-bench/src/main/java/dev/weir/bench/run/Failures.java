package dev.weir.bench.run;

/** Says in a line what went wrong. */
final class Failures {
  private Failures() {}

  static String describe(Throwable thrown) {
    var line = new StringBuilder(String.valueOf(thrown.getMessage()));
    for (Throwable t = thrown.getCause(); t != null; t = t.getCause()) {
      line.append("; ").append(t.getMessage());
    }
    return line.toString();
  }
}
