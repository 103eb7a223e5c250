package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Metric;
import dev.weir.bench.report.Sample;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How long a user waits, from exec to the end of the first reply over plain HTTP/1.1. */
record FirstReply(String name, String title) implements Workload {
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  /** Whoever has not answered by then does not. */
  private static final int PATIENCE_MILLIS = 30_000;

  @Override
  public boolean suits(Peer peer) {
    return peer.has(Skill.H1);
  }

  @Override
  public void measure(List<Peer> peers, Surroundings surroundings, Journal journal) {
    for (int round = 0; round < surroundings.rounds(); round++) {
      for (Peer peer : peers) {
        long start = System.nanoTime();
        try (Server server =
            peer.launcher().start(peer, surroundings.installation(), surroundings.site())) {
          ask(server);
          double milliseconds = (System.nanoTime() - start) / 1e6;
          journal.add(new Sample(name, peer.label(), Metric.FIRST_REPLY, round, milliseconds));
          journal.add(new Sample(name, peer.label(), Metric.RESIDENT, round, server.resident()));
        } catch (IOException e) {
          journal.add(new Journal.Failure(name, peer.label(), Failures.describe(e)));
        }
      }
    }
  }

  private static void ask(Server server) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port("plain"))) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST);
      read(socket.getInputStream());
    }
  }

  /** Reads the reply, behind which not every server closes although it was asked to. */
  static void read(InputStream in) throws IOException {
    var reply = new StringBuilder();
    byte[] bytes = new byte[1024];
    while (!reply.toString().endsWith(Site.HELLO)) {
      int count = in.read(bytes);
      if (count < 0) {
        throw new EOFException("unexpected first reply: " + reply);
      }
      reply.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
    }
  }
}
