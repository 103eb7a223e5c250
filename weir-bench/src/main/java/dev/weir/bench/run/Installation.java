package dev.weir.bench.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is built and where: the jars, the C programs, the npm packages.
 *
 * @param sources the directory {@code weir-bench}
 * @param classPath of this program and of all peers in Java
 * @param programs the directory of the compiled C programs
 * @param jvmOptions of all JVMs that are measured
 */
public record Installation(Path sources, String classPath, Path programs, List<String> jvmOptions) {
  /** Debian's packages, by name, and what for. */
  public static final List<String> PACKAGES =
      List.of(
          "gcc",
          "libc6-dev",
          "libssl-dev",
          "libwebsockets-dev",
          "make",
          "nghttp2-client",
          "nghttp2-server",
          "nginx-light",
          "openssl",
          "strace",
          "util-linux",
          "zlib1g-dev");

  /** The same for all JVMs: what one core and a bounded heap want. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djdk.virtualThreadScheduler.parallelism=1");

  /**
   * Compiles the C programs and fetches the npm packages, where their tools are installed. A peer
   * whose program could not be made is not {@linkplain Peer#isAvailable available} then.
   *
   * @return what went wrong, a line each
   */
  public List<String> build() throws IOException {
    Files.createDirectories(programs);
    var problems = new ArrayList<String>();
    if (Commands.exists("make") && Commands.exists("gcc")) {
      attempt(
          problems,
          "make",
          "-s",
          "-k",
          "-C",
          sources.resolve("src/main/c").toString(),
          "OUT=" + programs.toAbsolutePath());
    }
    if (Commands.exists("npm") && !Files.isDirectory(npm().resolve("node_modules"))) {
      attempt(problems, "npm", "ci", "--silent", "--prefix", npm().toString());
    }
    return problems;
  }

  private static void attempt(List<String> problems, String... command) {
    try {
      Commands.run(List.of(command));
    } catch (IOException e) {
      problems.add(Failures.describe(e));
    }
  }

  /** Installs {@link #PACKAGES}; only root may. */
  public static void installPackages() throws IOException {
    Commands.run(List.of("apt-get", "update", "-qq"));
    var command =
        new ArrayList<>(List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"));
    command.addAll(PACKAGES);
    var builder = new ProcessBuilder(command);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Commands.run(builder, "");
  }

  /**
   * Draws a picture with Vega-Lite, if Node and its packages are there.
   *
   * @param specification as JSON
   * @param svg the file to write
   */
  public void draw(String specification, Path svg) throws IOException {
    if (Commands.exists("node") && Files.isDirectory(npm().resolve("node_modules"))) {
      Files.writeString(
          svg, Commands.run(List.of("node", npm().resolve("chart.mjs").toString()), specification));
    }
  }

  /** The same, with more options for its JVMs. */
  Installation withJvmOptions(List<String> more) {
    return new Installation(sources, classPath, programs, Commands.concat(jvmOptions, more));
  }

  Path npm() {
    return sources.resolve("src/main/npm");
  }

  /** One of the compiled C programs. */
  Path program(String name) {
    return programs.resolve(name);
  }

  /** The command that runs a class of this module in a JVM like every other. */
  List<String> java(String main, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Bytes of the jars whose names begin with one of these. */
  long bytesOfJars(List<String> prefixes) throws IOException {
    long bytes = 0;
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (prefixes.stream().anyMatch(jar.getFileName().toString()::startsWith)) {
        bytes += Files.size(jar);
      }
    }
    return bytes;
  }
}
