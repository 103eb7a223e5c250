package dev.weir.examples;

import dev.weir.net.Context;
import dev.weir.raw.Raw;
import dev.weir.stream.DatagramHandler;
import dev.weir.stream.Datagrams;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks by a datagram, and again until there is an answer, for any datagram may be lost. */
public final class UdpClient implements DatagramHandler {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final String question;
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private UdpClient(String question) {
    this.question = question;
  }

  /** Asks a server. */
  public static CompletableFuture<String> ask(
      Context context, SocketAddress server, String question) {
    UdpClient client = new UdpClient(question);
    return Raw.datagrams(context, null, server, client).thenCompose(opened -> client.answer);
  }

  @Override
  public void opened(Datagrams datagrams) {
    if (!answer.isDone()) {
      datagrams.send(StandardCharsets.UTF_8.encode(question), null);
      datagrams.loop().schedule(PATIENCE, () -> opened(datagrams));
    }
  }

  @Override
  public void received(Datagrams datagrams, ByteBuffer data, SocketAddress from) {
    answer.complete(StandardCharsets.UTF_8.decode(data).toString());
    datagrams.close();
  }

  /** Asks the port of localhost that is given first what is given second. */
  public static void main(String[] args) {
    try (Context context = Context.start()) {
      var server = new InetSocketAddress("localhost", Integer.parseInt(args[0]));
      System.out.println(ask(context, server, args[1]).join());
    }
  }
}
