package dev.weir.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatusFeedTest {
  private final List<ConnectionStatus> connections = new ArrayList<>();
  private int snapshots;
  private long now;

  private final StatusFeed feed = new StatusFeed(Runnable::run, this::snapshot);

  private Status snapshot() {
    snapshots++;
    now += 250;
    var server = new ServerStatus("0.1.0", "25.0.1", "nio", 2, "JSSE", now, 9_000_000, 700, 900);
    return new Status(server, connections);
  }

  @Test
  void sendsASnapshotAtOnce() {
    connections.add(
        new ConnectionStatus(
            12,
            "127.0.0.1:50276",
            "h1",
            "TLSv1.3",
            "TLS_AES_256_GCM_SHA384",
            531,
            2200,
            OptionalDouble.of(0.42),
            4000,
            List.of("/ws/status?tab=1x2y3z")));

    assertThat(look())
        .containsExactly(
            """
            {"server":{"version":"0.1.0","java":"25.0.1","loop":"nio","loops":2,"tls":"JSSE",\
            "uptimeMs":250,"heap":9000000,"open":1,"in":700,"out":900},\
            "connections":[{"id":12,"peer":"127.0.0.1:50276","protocol":"h1","tls":"TLSv1.3",\
            "cipher":"TLS_AES_256_GCM_SHA384","in":531,"out":2200,"rttMs":0.42,\
            "ageMs":4000,"carries":["/ws/status?tab=1x2y3z"]}]}\
            """);
  }

  @Test
  void writesNullForWhatIsNotThere() {
    connections.add(plain(1, 100));

    assertThat(look().getFirst()).contains("\"tls\":null,\"cipher\":null,", "\"rttMs\":null,");
  }

  @Test
  void staysSilentWhileNothingChanges() {
    connections.add(plain(1, 100));
    var messages = look();
    feed.tick();
    messages.clear();

    feed.tick();
    assertThat(messages).isEmpty();

    connections.set(0, plain(1, 101));
    feed.tick();
    assertThat(messages).hasSize(1);
  }

  @Test
  void doesNotCountItsOwnBytesAsAChange() {
    connections.add(carrying(1, 100, "/ws/status?tab=a"));
    var messages = look();
    feed.tick();
    messages.clear();

    connections.set(0, carrying(1, 900, "/ws/status?tab=a"));
    feed.tick();
    assertThat(messages).isEmpty();

    connections.clear();
    feed.tick();
    assertThat(messages).hasSize(1);
  }

  @Test
  void takesOneSnapshotForAllAndNoneForNobody() {
    feed.tick();
    assertThat(snapshots).isZero();

    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    var viewer = feed.join(first::add);
    feed.join(second::add);
    connections.add(plain(1, 100));
    feed.tick();
    assertThat(snapshots).isEqualTo(3);
    assertThat(first.getLast()).isSameAs(second.getLast());

    viewer.leave();
    connections.add(plain(2, 100));
    feed.tick();
    assertThat(first).hasSize(2);
    assertThat(second).hasSize(3);
  }

  @Test
  void listsWebSocketsFirstAndTheNewestFirstUpToItsLimit() {
    LongStream.rangeClosed(1, 3).forEach(id -> connections.add(carrying(id, 0, "/ws/echo")));
    LongStream.rangeClosed(4, 100).forEach(id -> connections.add(plain(id, 0)));

    var status = snapshot();

    assertThat(status.shown()).hasSize(Status.MAX_SHOWN);
    assertThat(status.shown().stream().limit(5).map(ConnectionStatus::id))
        .containsExactly(3L, 2L, 1L, 100L, 99L);
    assertThat(status.toJson()).contains("\"open\":100,");
  }

  @Test
  void cutsLongTargetsAndEscapesThem() {
    connections.add(carrying(1, 0, "/ws/echo?tab=\"" + "x".repeat(100)));

    assertThat(look().getFirst())
        .endsWith("\"carries\":[\"/ws/echo?tab=\\\"" + "x".repeat(50) + "\"]}]}");
  }

  private List<String> look() {
    var messages = new ArrayList<String>();
    feed.join(messages::add);
    return messages;
  }

  private static ConnectionStatus plain(long id, long in) {
    return connection(id, in, List.of());
  }

  private static ConnectionStatus carrying(long id, long in, String target) {
    return connection(id, in, List.of(target));
  }

  private static ConnectionStatus connection(long id, long in, List<String> carries) {
    return new ConnectionStatus(
        id, "[::1]:4711", "h1", null, null, in, 0, OptionalDouble.empty(), 1, carries);
  }
}
