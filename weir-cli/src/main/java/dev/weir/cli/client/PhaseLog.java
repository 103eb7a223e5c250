package dev.weir.cli.client;

import dev.weir.net.ConnectOptions;
import dev.weir.stream.Carrier;
import dev.weir.tls.TlsSession;
import java.io.PrintWriter;
import java.net.SocketAddress;

/** Says what was negotiated and how long each phase took, if it is asked to. */
final class PhaseLog implements ConnectOptions.Phases {

  private final PrintWriter out;
  private final boolean wanted;
  private long since = System.nanoTime();

  PhaseLog(PrintWriter out, boolean wanted) {
    this.out = out;
    this.wanted = wanted;
  }

  @Override
  public void resolved() {
    phase("resolved");
  }

  @Override
  public void connected(SocketAddress to) {
    phase("connected to " + to);
  }

  void opened(Carrier carrier) {
    TlsSession tls = carrier.tls();
    if (tls != null) {
      phase("TLS: " + negotiated(tls));
    }
  }

  /** What client and server have agreed on, in a line. */
  static String negotiated(TlsSession tls) {
    return tls.version().text()
        + ", "
        + tls.cipherSuite()
        + (tls.alpn() == null ? "" : ", ALPN " + tls.alpn())
        + (tls.resumed() ? ", resumed" : "");
  }

  /** Ends a phase. */
  void phase(String what) {
    if (wanted) {
      long now = System.nanoTime();
      out.printf("* %8.2f ms  %s%n", (now - since) / 1e6, what);
      out.flush();
      since = now;
    }
  }
}
