package dev.weir.bench.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that runs, in a process of its own (nghttpd: in two). */
final class Server implements AutoCloseable {
  /** It is up to a server how it starts, but not to wait for it for ever. */
  private static final long START_SECONDS = 30;

  /** A second JVM makes the cache of classes when the first one ends. */
  private static final long END_SECONDS = 60;

  /** What servers say of what they don't like, which may be much, is for who looks for it. */
  private static final ProcessBuilder.Redirect LOG =
      ProcessBuilder.Redirect.appendTo(
          new File(System.getProperty("java.io.tmpdir"), "weir-bench-servers.log"));

  private final List<Process> processes;
  private final Map<String, Integer> ports;

  private Server(List<Process> processes, Map<String, Integer> ports) {
    this.processes = processes;
    this.ports = ports;
  }

  /** Starts a program that prints its ports, then {@code ready}. */
  static Server announced(List<String> command) throws IOException {
    Process process = start(command);
    var server = new Server(List.of(process), new HashMap<>());
    try {
      server.readPorts(process.inputReader());
      return server;
    } catch (IOException e) {
      server.close();
      throw new IOException("could not start " + Commands.told(command), e);
    }
  }

  private void readPorts(BufferedReader out) throws IOException {
    for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IOException("it ended before it was ready");
      }
      String[] words = line.split(" ", -1);
      if (words.length == 2) {
        ports.put(words[0], Integer.parseInt(words[1]));
      }
    }
  }

  /** Starts programs that are told their ports, and waits until they accept connections. */
  @SafeVarargs
  static Server listening(Map<String, Integer> ports, List<String>... commands) throws IOException {
    var processes = new ArrayList<Process>();
    var server = new Server(processes, ports);
    try {
      for (List<String> command : commands) {
        processes.add(start(command));
      }
      for (int port : ports.values()) {
        server.awaitListening(port);
      }
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(LOG).start();
  }

  private void awaitListening(int port) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline || !processes.stream().allMatch(Process::isAlive)) {
          throw new IOException("nothing listens on port " + port, e);
        }
        pause(20);
      }
    }
  }

  /** A port that nobody listens on, for programs that have to be told one. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void pause(long milliseconds) throws InterruptedIOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /**
   * The port of a protocol.
   *
   * @param name {@code plain}, {@code tls} or {@code h2c}
   */
  int port(String name) throws IOException {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IOException("does not listen for " + name);
    }
    return port;
  }

  /** CPU time so far, in seconds. */
  double cpuSeconds() throws IOException {
    double seconds = 0;
    for (Process process : processes) {
      seconds += Kernel.cpuSeconds(process.pid());
    }
    return seconds;
  }

  /** Resident bytes. */
  long resident() throws IOException {
    long bytes = 0;
    for (Process process : processes) {
      bytes += Kernel.resident(process.pid());
    }
    return bytes;
  }

  void pin(Cores cores) throws IOException {
    for (Process process : processes) {
      cores.pinServer(process.pid());
    }
  }

  List<Long> pids() {
    return processes.stream().map(Process::pid).toList();
  }

  /**
   * Asks a JVM of ours.
   *
   * @param question {@code allocated} or {@code heap}
   */
  long ask(String question) throws IOException {
    Process process = processes.getFirst();
    Writer in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    in.write(question + "\n");
    in.flush();
    String answer = process.inputReader().readLine();
    if (answer == null) {
      throw new IOException("the server has ended");
    }
    return Long.parseLong(answer);
  }

  /** Lets a JVM of ours come to its own end, in which it may have something to write. */
  void end() throws IOException {
    Process process = processes.getFirst();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the server does not end");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(3, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
