package dev.weir.cli;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What the library and the JDK log, from {@code INFO} on, goes to standard error, a line each, with
 * the stack of what was thrown. Found by the service loader in place of {@code java.util.logging},
 * which takes classes and time at every start and has two lines for each.
 */
public final class ConsoleLogs extends System.LoggerFinder {

  /** For the service loader. */
  public ConsoleLogs() {}

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Console(name, System.err);
  }

  /** Safe from any thread: a line is printed at once. */
  record Console(String name, PrintStream out) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && level.compareTo(Level.INFO) >= 0;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        synchronized (out) {
          out.println(level + " " + name + ": " + text(bundle, message));
          if (thrown != null) {
            thrown.printStackTrace(out);
          }
        }
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        String text = text(bundle, format);
        boolean plain = parameters == null || parameters.length == 0;
        log(level, null, plain ? text : MessageFormat.format(text, parameters), (Throwable) null);
      }
    }

    private static String text(@Nullable ResourceBundle bundle, @Nullable String message) {
      return bundle != null && message != null && bundle.containsKey(message)
          ? bundle.getString(message)
          : String.valueOf(message);
    }
  }
}
