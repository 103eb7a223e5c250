package dev.weir.cli.client;

import dev.weir.http.client.CallConnection;
import dev.weir.http.client.CallTimings;
import dev.weir.http.client.ClientResponse;
import dev.weir.tls.TlsSession;
import java.io.PrintWriter;
import java.time.Duration;

/** Says of a call what was negotiated, and how long each phase took. */
final class CallReport {
  private CallReport() {}

  static void say(PrintWriter err, ClientResponse response) {
    CallConnection connection = response.connection();
    err.printf("* %s %s from %s%n", connection.version(), response.status(), connection.remote());
    TlsSession tls = connection.tls();
    if (tls != null) {
      err.println("* " + PhaseLog.negotiated(tls));
    }
    err.flush();
  }

  static void say(PrintWriter err, CallTimings timings) {
    phase(err, "name", timings.dns());
    phase(err, "connect", timings.connect());
    phase(err, "TLS", timings.tls());
    phase(err, "first byte", timings.firstByte());
    phase(err, "total", timings.total());
    err.flush();
  }

  private static void phase(PrintWriter err, String name, Duration time) {
    err.printf("* %9.2f ms  %s%n", time.toNanos() / 1e6, name);
  }
}
