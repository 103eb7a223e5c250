package dev.weir.cli.page;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The server and its connections at one moment.
 *
 * @param server the server itself
 * @param connections all live connections, in any order
 */
public record Status(ServerStatus server, List<ConnectionStatus> connections) {

  /** Most connections in one message of the feed; the rest are only counted. */
  public static final int MAX_SHOWN = 64;

  /** Most characters of a request target that the feed repeats. */
  public static final int MAX_TARGET = 64;

  private static final Comparator<ConnectionStatus> WEBSOCKETS_FIRST_THEN_NEWEST =
      Comparator.comparing((ConnectionStatus c) -> c.carries().isEmpty())
          .thenComparing(Comparator.comparingLong(ConnectionStatus::id).reversed());

  /** Keeps a copy of the list. */
  public Status {
    connections = List.copyOf(connections);
  }

  /** Those that are shown: first the ones that carry WebSockets, the newest of each kind first. */
  List<ConnectionStatus> shown() {
    return connections.stream().sorted(WEBSOCKETS_FIRST_THEN_NEWEST).limit(MAX_SHOWN).toList();
  }

  /**
   * What is left without the passing of time and without what the feed itself sends: while two of
   * these are equal, nothing happened that is worth a message.
   */
  List<ConnectionStatus> withoutClock() {
    return connections.stream().map(Status::withoutClock).toList();
  }

  private static ConnectionStatus withoutClock(ConnectionStatus c) {
    boolean feed = c.carries().stream().anyMatch(target -> target.startsWith(StatusFeed.PATH));
    return new ConnectionStatus(
        c.id(),
        c.peer(),
        c.protocol(),
        c.tls(),
        c.cipher(),
        feed ? 0 : c.in(),
        feed ? 0 : c.out(),
        feed ? OptionalDouble.empty() : c.rttMs(),
        0,
        c.carries());
  }

  /** The message of the feed. */
  String toJson() {
    return Json.object(json -> {
      json.writeObjectPropertyStart("server");
      json.writeStringProperty("version", server.version());
      json.writeStringProperty("java", server.java());
      json.writeStringProperty("loop", server.loop());
      json.writeNumberProperty("loops", server.loops());
      json.writeStringProperty("tls", server.tls());
      json.writeNumberProperty("uptimeMs", server.uptimeMs());
      json.writeNumberProperty("heap", server.heap());
      json.writeNumberProperty("open", connections.size());
      json.writeNumberProperty("in", server.in());
      json.writeNumberProperty("out", server.out());
      json.writeEndObject();
      json.writeArrayPropertyStart("connections");
      for (ConnectionStatus c : shown()) {
        json.writeStartObject();
        json.writeNumberProperty("id", c.id());
        json.writeStringProperty("peer", c.peer());
        json.writeStringProperty("protocol", c.protocol());
        json.writeStringProperty("tls", c.tls());
        json.writeStringProperty("cipher", c.cipher());
        json.writeNumberProperty("in", c.in());
        json.writeNumberProperty("out", c.out());
        if (c.rttMs().isPresent()) {
          json.writeNumberProperty("rttMs", c.rttMs().getAsDouble());
        } else {
          json.writeNullProperty("rttMs");
        }
        json.writeNumberProperty("ageMs", c.ageMs());
        json.writeArrayPropertyStart("carries");
        for (String target : c.carries()) {
          json.writeString(target.substring(0, Math.min(target.length(), MAX_TARGET)));
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }
}
