package dev.weir.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A program that echoes, to be run with few descriptors. Prints its port, then for each line of its
 * input, a moment later, how often its listener has had to pause.
 */
final class ScarceServer {

  private ScarceServer() {}

  public static void main(String[] arguments) throws IOException {
    try (Context context = Context.start()) {
      Listener listener = context.listen(Probe.ANY, stream -> new EchoTest.Echo());
      // Whatever it will need is loaded before the port is told: a class is a file too.
      later(context, listener::port);
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (in.readLine() != null) {
        later(context, listener::exhausted);
      }
    }
  }

  private static void later(Context context, Supplier<Number> what) {
    context.loop().schedule(Duration.ofMillis(100), () -> System.out.println(what.get()));
  }
}
