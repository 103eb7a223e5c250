package dev.weir.bench.run;

import java.util.List;
import java.util.Set;

/** All workloads, by name. */
public final class Workloads {
  private Workloads() {}

  /** In the order in which they are run. */
  public static List<Workload> all() {
    return List.of(
        new Throughput(
            "h1", "HTTP/1.1 keep-alive, 13 bytes, 64 connections", Set.of(Skill.H1), http("plain")),
        new Throughput(
            "h1-pipelined",
            "the same, pipelined by 16",
            Set.of(Skill.H1),
            http("plain", "--in-flight", "16")),
        new Throughput(
            "h1-tls",
            "HTTP/1.1 keep-alive over TLS 1.3",
            Set.of(Skill.H1_TLS),
            http("tls", "--tls")),
        new Throughput(
            "connect",
            "connect, request, close",
            Set.of(Skill.H1),
            new Load.Own("plain", "--mode", "connect", "--connections", "16")),
        new Throughput(
            "handshake",
            "full TLS 1.3 handshakes (P-256)",
            Set.of(Skill.H1_TLS),
            new Load.Own("tls", "--tls", "--mode", "handshake", "--connections", "16")),
        new Throughput(
            "handshake-resumed",
            "resumed TLS 1.3 handshakes",
            Set.of(Skill.H1_TLS),
            new Load.Own("tls", "--tls", "--mode", "handshake", "--resume", "--connections", "16")),
        new Throughput(
            "h2",
            "HTTP/2, 13 bytes, 16 connections of 100 streams",
            Set.of(Skill.H2),
            new Load.H2Load("h2c", "/", false)),
        new Throughput(
            "h2-tls",
            "the same over TLS 1.3",
            Set.of(Skill.H2_TLS),
            new Load.H2Load("tls", "/", false)),
        new Throughput(
            "h2-100k",
            "HTTP/2, replies of 100 kB",
            Set.of(Skill.H2, Skill.BODIES),
            new Load.H2Load("h2c", "/100k", false)),
        new Throughput(
            "h2-tls-100k",
            "the same over TLS 1.3",
            Set.of(Skill.H2_TLS, Skill.BODIES),
            new Load.H2Load("tls", "/100k", false)),
        new Throughput(
            "h2-upload",
            "HTTP/2, uploads of 1 MB, 16 connections of 10 streams",
            Set.of(Skill.H2, Skill.BODIES),
            new Load.H2Load("h2c", "/upload", true)),
        new Throughput(
            "h2-tls-upload",
            "the same over TLS 1.3",
            Set.of(Skill.H2_TLS, Skill.BODIES),
            new Load.H2Load("tls", "/upload", true)),
        new Throughput(
            "ws-64",
            "WebSocket echo, 64 bytes, 64 connections",
            Set.of(Skill.WEBSOCKET),
            ws(64, 1)),
        new Throughput("ws-64-16", "the same, 16 in flight", Set.of(Skill.WEBSOCKET), ws(64, 16)),
        new Throughput("ws-16k", "WebSocket echo, 16 KiB", Set.of(Skill.WEBSOCKET), ws(16_384, 1)),
        new Throughput(
            "ws-16k-16", "the same, 16 in flight", Set.of(Skill.WEBSOCKET), ws(16_384, 16)),
        new Throughput(
            "ws-64-deflate",
            "WebSocket echo, 64 bytes of text, permessage-deflate",
            Set.of(Skill.DEFLATE),
            ws(64, 1, "--deflate")),
        new Throughput(
            "ws-64-16-deflate",
            "the same, 16 in flight",
            Set.of(Skill.DEFLATE),
            ws(64, 16, "--deflate")),
        new Throughput(
            "ws-16k-deflate",
            "WebSocket echo, 16 KiB of text, permessage-deflate",
            Set.of(Skill.DEFLATE),
            ws(16_384, 1, "--deflate")),
        new Throughput(
            "broadcast",
            "a message of 64 bytes to 10,000 WebSockets",
            Set.of(Skill.BROADCAST),
            broadcast(64)),
        new Throughput(
            "broadcast-deflate",
            "1 KiB of text to 10,000 WebSockets, permessage-deflate without context takeover",
            Set.of(Skill.BROADCAST, Skill.DEFLATE),
            broadcast(1_024, "--deflate")),
        new Throughput(
            "file", "a static file of 1 MB", Set.of(Skill.FILE), http("plain", "--path", "/file")),
        new Throughput(
            "file-tls",
            "the same over TLS 1.3",
            Set.of(Skill.H1_TLS, Skill.FILE),
            http("tls", "--tls", "--path", "/file")),
        new Throughput(
            "upload",
            "HTTP/1.1, uploads of 1 MB",
            Set.of(Skill.H1, Skill.BODIES),
            http("plain", "--path", "/upload", "--body", Integer.toString(Site.FILE_BYTES))),
        new Idle("idle", "10,000 idle HTTP/1.1 connections", Skill.H1, new Load.Own("plain")),
        new Idle(
            "idle-ws",
            "10,000 idle WebSockets",
            Skill.WEBSOCKET,
            new Load.Own("plain", "--path", "/ws")),
        new Idle(
            "idle-tls",
            "10,000 idle HTTP/1.1 connections over TLS",
            Skill.H1_TLS,
            new Load.Own("tls", "--tls")),
        new Idle(
            "idle-h2", "10,000 idle HTTP/2 connections", Skill.H2, new Load.Own("h2c", "--h2")),
        new Idle(
            "idle-h2-tls",
            "10,000 idle HTTP/2 connections over TLS",
            Skill.H2_TLS,
            new Load.Own("tls", "--tls", "--alpn", "h2", "--h2")),
        new FirstReply("first-reply", "from exec to the first reply"),
        new WarmUp("warm-up", "seconds of load until 90 % of the steady rate", false),
        new WarmUp("warm-up-cached", "the same with an AOT cache of an earlier run", true),
        new JarBytes("jars", "bytes of jars"),
        new Clients("clients", "GET of 13 bytes by clients, 64 at once, against one nginx"));
  }

  private static Load http(String port, String... more) {
    return own(port, List.of("--mode", "http", "--connections", "64"), more);
  }

  private static Load ws(int bytes, int inFlight, String... more) {
    return own(
        "plain",
        List.of(
            "--mode",
            "ws",
            "--path",
            "/ws",
            "--connections",
            "64",
            "--size",
            Integer.toString(bytes),
            "--in-flight",
            Integer.toString(inFlight)),
        more);
  }

  private static Load broadcast(int bytes, String... more) {
    return own(
        "plain",
        List.of(
            "--mode",
            "broadcast",
            "--path",
            "/broadcast",
            "--connections",
            "10000",
            "--size",
            Integer.toString(bytes)),
        more);
  }

  private static Load own(String port, List<String> arguments, String... more) {
    return new Load.Own(port, Commands.concat(arguments, List.of(more)));
  }
}
