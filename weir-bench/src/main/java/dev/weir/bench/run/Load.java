package dev.weir.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What asks a server for something, over and over, on a core of its own. */
sealed interface Load {
  /**
   * Looks at a server while it is under load. What opening the connections costs lies before {@link
   * #begins}, and closing them after {@link #ends}, unless the load is about just that.
   */
  interface Meter {
    /** What is counted comes next. */
    void begins() throws IOException;

    /** All of it has come. */
    void ends() throws IOException;
  }

  /** Runs for so long, to its end. */
  Outcome run(Server server, double seconds, Surroundings surroundings, Meter meter)
      throws IOException;

  /** The same, with nobody who looks. */
  default Outcome run(Server server, double seconds, Surroundings surroundings) throws IOException {
    return run(server, seconds, surroundings, new Unwatched());
  }

  /** Nobody. */
  record Unwatched() implements Meter {
    @Override
    public void begins() {}

    @Override
    public void ends() {}
  }

  /** Runs for the first time against a server that has never been asked for anything. */
  default void prime(Server server, Surroundings surroundings) throws IOException {}

  /**
   * Ours, in C: its arguments say what it does.
   *
   * @param port which of the server's ports
   */
  record Own(String port, List<String> arguments) implements Load {
    private static final JsonMapper JSON =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    Own(String port, String... arguments) {
      this(port, List.of(arguments));
    }

    @Override
    public Outcome run(Server server, double seconds, Surroundings surroundings, Meter meter)
        throws IOException {
      return Commands.talk(
          new ProcessBuilder(command(server, seconds, surroundings)),
          (out, in) -> {
            String line = out.readLine();
            if (!"ready".equals(line)) {
              throw new IOException("the load is not ready: " + line);
            }
            meter.begins();
            in.write("\n");
            in.flush();
            // Its connections stay open until its input ends.
            String result = out.readLine();
            meter.ends();
            return JSON.readValue(result == null ? "" : result, Outcome.class);
          });
    }

    List<String> command(Server server, double seconds, Surroundings surroundings)
        throws IOException {
      var command = new ArrayList<String>();
      command.add(surroundings.installation().program("load").toString());
      command.addAll(List.of("--port", Integer.toString(server.port(port))));
      command.addAll(List.of("--seconds", Double.toString(seconds)));
      command.addAll(arguments);
      return surroundings.cores().forLoad(command);
    }
  }

  /**
   * h2load, with 16 connections of 100 streams each, or of 10 uploads. It opens its connections in
   * a time of its own before it counts, says when it begins to count and when it has ended, and
   * does not wait for whoever looks: what the server does in the milliseconds that a look takes
   * belongs to the round or does not.
   *
   * @param port which of the server's ports
   * @param path what is asked for
   * @param uploading whether the site's file is sent
   */
  record H2Load(String port, String path, boolean uploading) implements Load {
    /** Sixteen hundred at once share the way, and none of them is over when a round is. */
    private static final String UPLOADS = "10";

    /** In which the connections are opened; if one is not there by then, h2load never ends. */
    private static final String OPENING = "500ms";

    /** After which it is ended, and the round has failed. */
    private static final String PATIENCE_SECONDS = "90";

    private static final String BEGINS = "Main benchmark duration is started";
    private static final String ENDS = "Main benchmark duration is over";
    private static final Pattern REQUESTS =
        Pattern.compile("requests: .* (\\d+) succeeded, (\\d+) failed, (\\d+) errored");
    private static final Pattern OTHERS =
        Pattern.compile("status codes: \\d+ 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

    @Override
    public Outcome run(Server server, double seconds, Surroundings surroundings, Meter meter)
        throws IOException {
      long whole = Math.max(1, Math.round(seconds));
      List<String> command =
          h2load(server, surroundings, "-D", Long.toString(whole), "--warm-up-time=" + OPENING);
      String result = Commands.talk(new ProcessBuilder(command), (out, in) -> watch(out, meter));
      return read(result, (double) whole);
    }

    /** Tells the meter; returns what comes after the end. */
    static String watch(BufferedReader out, Meter meter) throws IOException {
      await(out, BEGINS);
      meter.begins();
      await(out, ENDS);
      meter.ends();
      return out.readAllAsString();
    }

    private static void await(BufferedReader out, String beginning) throws IOException {
      String line = out.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IOException("h2load did not say: " + beginning);
      }
    }

    /** By count, which takes as long as a cold server needs. */
    @Override
    public void prime(Server server, Surroundings surroundings) throws IOException {
      Commands.run(h2load(server, surroundings, "-n", uploading ? "160" : "1600"));
    }

    private List<String> h2load(Server server, Surroundings surroundings, String... howLong)
        throws IOException {
      String streams = uploading ? UPLOADS : "100";
      var command =
          new ArrayList<>(
              List.of("timeout", PATIENCE_SECONDS, "h2load", "-t1", "-c16", "-m", streams));
      command.addAll(List.of(howLong));
      if (uploading) {
        command.addAll(List.of("-d", surroundings.site().upload().toString()));
      }
      String scheme = port.equals("tls") ? "https" : "http";
      command.add(scheme + "://127.0.0.1:" + server.port(port) + path);
      return surroundings.cores().forLoad(command);
    }

    /**
     * A status is counted with the head and success with the end, so that of what comes around the
     * beginning one may count without the other: good is what succeeded but for other statuses.
     */
    static Outcome read(String out, double seconds) throws IOException {
      Matcher requests = REQUESTS.matcher(out);
      Matcher others = OTHERS.matcher(out);
      if (!requests.find() || !others.find()) {
        throw new IOException("h2load printed no result: " + out);
      }
      long succeeded = number(requests, 1);
      long failed = number(requests, 2) + number(requests, 3);
      long refused = number(others, 1) + number(others, 2) + number(others, 3);
      return new Outcome(
          Math.max(0, succeeded - refused), seconds, failed + refused, 0, 0, List.of());
    }

    private static long number(Matcher found, int group) {
      return Long.parseLong(found.group(group));
    }
  }
}
