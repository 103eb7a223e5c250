package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.testpeers.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a tree of its own, with a JDK and a Maven that are scripts and write down what
 * they are asked for.
 */
@EnabledOnOs(OS.LINUX)
@NeedsProgram("bash")
class LauncherTest {

  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -XX:AOTCacheOutput=*)
            echo classes >"${word#*=}"
            printf 'http://localhost:1/\\nhttps://localhost:2/\\n'
            exit ;;
        esac
      done
      echo "$LC_ALL|$*"
      """;

  @TempDir private Path directory;
  private Path tree;
  private Path log;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectories(directory.resolve("a tree"));
    log = directory.resolve("maven.log");
    for (String source : List.of("weir-cli/src/main", "weir-cli/src/launcher")) {
      Files.createDirectories(tree.resolve(source));
    }
    for (String file : List.of("pom.xml", "weir-cli/pom.xml", "weir-cli/src/main/A.java")) {
      Files.writeString(tree.resolve(file), "");
    }
    Files.copy(Path.of("..", "weir"), tree.resolve("weir"));
    Path jdk = Path.of("weir-cli", "src", "launcher", "jdk.sh");
    Files.copy(Path.of("..").resolve(jdk), tree.resolve(jdk), StandardCopyOption.REPLACE_EXISTING);
    script(tree.resolve("weir"), Files.readString(tree.resolve("weir")));
    script(directory.resolve("bin/mvn"), "#!/bin/sh\necho \"$JAVA_HOME\" >>\"" + log + "\"\n");
    jdk("older", "17.0.1");
    jdk("jdk", "25.0.1");
  }

  private void jdk(String where, String version) throws IOException {
    Path home = directory.resolve(where);
    Path java = home.resolve("bin/java");
    script(java, JAVA);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path program, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "--version")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Map<String, String> all = builder.environment();
    all.keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    all.put("JAVA_HOME", directory.resolve("jdk").toString());
    all.put("PATH", path("older/bin"));
    all.putAll(environment);
    return builder.start();
  }

  private static String end(Process process) throws IOException, InterruptedException {
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), output);
    return output;
  }

  private String run() throws Exception {
    return end(start(tree.resolve("weir"), Map.of()));
  }

  private int builds() throws IOException {
    return Files.readAllLines(log).size();
  }

  @Test
  void buildsOnceAndSaysSo() throws Exception {
    String first = run();
    assertTrue(first.startsWith("Building Weir (first run only) ...\n"), first);
    assertEquals(1, builds());
    String second = run();
    assertEquals(1, second.lines().count(), second);
    assertTrue(second.contains("-XX:AOTCache=" + tree), second);
    assertTrue(second.endsWith("--module dev.weir.cli/dev.weir.cli.Main --version"), second);
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenASourceHasChanged() throws Exception {
    run();
    FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
    Files.setLastModifiedTime(tree.resolve("weir-cli/src/main/A.java"), later);
    String output = run();
    assertTrue(output.startsWith("Building Weir again (sources have changed) ...\n"), output);
    assertEquals(2, builds());
  }

  @Test
  @NeedsProgram("flock")
  void buildsOnceForTwoThatStartAtOnce() throws Exception {
    List<Process> both =
        List.of(start(tree.resolve("weir"), Map.of()), start(tree.resolve("weir"), Map.of()));
    for (Process one : both) {
      String output = end(one);
      assertTrue(output.endsWith("--version"), output);
    }
    assertEquals(1, builds());
  }

  @Test
  void worksThroughALink() throws Exception {
    run();
    Path link = Files.createSymbolicLink(directory.resolve("w"), tree.resolve("weir"));
    String output = end(start(link, Map.of()));
    assertTrue(output.contains(tree + "/weir-cli/target/quick/modules"), output);
    assertEquals(1, builds());
  }

  @Test
  void passesByAnOlderJdk() throws Exception {
    run();
    Map<String, String> other =
        Map.of("JAVA_HOME", directory.resolve("older").toString(), "PATH", path("jdk/bin"));
    end(start(tree.resolve("weir"), other));
    assertEquals(List.of(directory.resolve("jdk").toString()), Files.readAllLines(log));
  }

  private String path(String java) {
    return directory.resolve("bin") + ":" + directory.resolve(java) + ":" + System.getenv("PATH");
  }

  @Test
  void givesJavaUtf8WithoutALocale() throws Exception {
    run();
    assertTrue(run().startsWith("C.UTF-8|"));
    String chosen = end(start(tree.resolve("weir"), Map.of("LC_ALL", "de_DE.UTF-8")));
    assertTrue(chosen.contains("de_DE.UTF-8|"), chosen);
  }
}
