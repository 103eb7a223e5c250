package dev.weir.testpeers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs in Java that tests run in a JVM of their own: they are classes of the test's. */
public final class JavaProgram {
  private JavaProgram() {}

  /**
   * The command that runs a class with the class path of the test and its properties that begin
   * with {@code dev.weir.}, on the same JDK, in a small heap.
   *
   * @param main has the method {@code main}
   * @param arguments what it is given
   */
  public static List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m"));
    command.add("--enable-native-access=ALL-UNNAMED");
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("dev.weir.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
