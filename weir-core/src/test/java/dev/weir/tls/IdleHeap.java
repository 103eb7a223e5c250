package dev.weir.tls;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what an idle engine holds of the heap, counted over many. Run by hand with {@code
 * -XX:+UseSerialGC} and one argument: 1.3, 1.2 or half.
 */
final class IdleHeap {
  private static final int COUNT = 2000;
  private static final int WARM_UP = 100;
  private static final TlsProvider PROVIDER = TlsProvider.named(TlsProvider.JSSE);
  private static final Identity IDENTITY =
      Identity.selfSigned(TestCa.NOW, Duration.ofDays(9), "localhost");

  private IdleHeap() {}

  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "1.3" -> open(TlsVersion.TLS_1_3);
      case "1.2" -> open(TlsVersion.TLS_1_2);
      default -> halfOpen();
    }
  }

  private static void halfOpen() {
    var server = PROVIDER.server(TestCa.server(IDENTITY).build());
    var engines = new ArrayList<TlsEngine>(100 * COUNT);
    long before = used();
    for (int i = 0; i < 100 * COUNT; i++) {
      engines.add(server.accept());
    }
    print("half open", before, engines);
  }

  private static void open(TlsVersion version) {
    var parameters = TlsParameters.STANDARD.withVersions(version);
    var server = PROVIDER.server(TestCa.server(IDENTITY).alpn("http/1.1").build());
    var engines = new ArrayList<TlsEngine>(COUNT);
    long before = 0;
    for (int i = 0; i < COUNT + WARM_UP; i++) {
      if (i == WARM_UP) {
        engines.clear();
        before = used();
      }
      var client =
          PROVIDER.client(
              TestCa.client(Trust.insecure()).alpn("http/1.1").parameters(parameters).build());
      var engine = server.accept();
      var pair = new EnginePair(client.connect("localhost", 443), engine, new Random(i)).run();
      pair.client.send("GET / HTTP/1.1\r\n\r\n");
      pair.run();
      engines.add(engine);
    }
    print(version + ", after a request", before, engines);
  }

  private static void print(String what, long before, List<TlsEngine> engines) {
    try {
      long each = (used() - before) / engines.size();
      System.out.println("server engine, " + what + ": " + each + " B");
    } finally {
      Reference.reachabilityFence(engines);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
