package dev.weir.bench.server;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts one server, says on which ports it listens ({@code plain PORT}, {@code tls PORT}, {@code
 * h2c PORT}, {@code ready}), and then answers what it is asked: {@code allocated}, the bytes that
 * all threads have allocated so far; {@code heap}, the bytes that are in use. It ends by {@code
 * quit} or with its input.
 */
public final class ServerMain {

  /** The server needs a native library that is not for this machine. */
  private static final int NOT_OFFERED = 3;

  /** What slf4j says if no library takes its messages. */
  private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

  private ServerMain() {}

  /** The arguments are the server's name and the directory of its content. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: ServerMain NAME DIRECTORY, of " + Servers.NAMES);
      System.exit(2);
    }
    System.setProperty(SLF4J_VERBOSITY, "ERROR");
    Logger.getLogger("").setLevel(Level.WARNING);
    try {
      Running server = Servers.start(args[0], new Content(Path.of(args[1])));
      announce(server, System.out);
      answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)));
    } catch (LinkageError e) {
      System.err.println(args[0] + " can not run here: " + e);
      System.exit(NOT_OFFERED);
    }
    // Not by closing the server: some take seconds for it.
    System.exit(0);
  }

  private static void announce(Running server, PrintStream out) {
    out.println("plain " + server.plain());
    out.println("tls " + server.tls());
    if (server.h2c() != Running.NONE) {
      out.println("h2c " + server.h2c());
    }
    out.println("ready");
    out.flush();
  }

  private static void answer(BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
      System.out.println(
          switch (line) {
            case "allocated" -> Long.toString(allocated());
            case "heap" -> Long.toString(heap());
            default -> "unknown: " + line;
          });
      System.out.flush();
    }
  }

  private static long allocated() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
  }

  /** Collected twice: what the first finds unreachable may hold more until it has been cleaned. */
  private static long heap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
