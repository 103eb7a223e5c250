package dev.weir.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** How a kind of peer is started. */
sealed interface Launcher {
  /** Whether all that it needs is installed. */
  boolean available(Peer peer, Installation installation);

  /** Starts the peer, and waits until it serves. */
  Server start(Peer peer, Installation installation, Site site) throws IOException;

  /** One of {@code dev.weir.bench.server}, in a JVM of its own. */
  record Jvm(List<String> jars) implements Launcher {
    Jvm(String... jars) {
      this(List.of(jars));
    }

    @Override
    public boolean available(Peer peer, Installation installation) {
      return true;
    }

    @Override
    public Server start(Peer peer, Installation installation, Site site) throws IOException {
      return Server.announced(
          installation.java(
              "dev.weir.bench.server.ServerMain", peer.label(), site.directory().toString()));
    }
  }

  /** A C program of ours. */
  record Compiled() implements Launcher {
    @Override
    public boolean available(Peer peer, Installation installation) {
      return Files.isExecutable(installation.program(peer.label()));
    }

    @Override
    public Server start(Peer peer, Installation installation, Site site) throws IOException {
      return Server.announced(
          List.of(installation.program(peer.label()).toString(), site.directory().toString()));
    }
  }

  /** Node's {@code ws}. */
  record NodeWs() implements Launcher {
    @Override
    public boolean available(Peer peer, Installation installation) {
      return Commands.exists("node")
          && Files.isDirectory(installation.npm().resolve("node_modules"));
    }

    @Override
    public Server start(Peer peer, Installation installation, Site site) throws IOException {
      return Server.announced(
          List.of(
              "node",
              installation.npm().resolve("ws.mjs").toString(),
              site.directory().toString()));
    }
  }

  /** nginx as one process, which is one thread. */
  record Nginx() implements Launcher {
    @Override
    public boolean available(Peer peer, Installation installation) {
      return Commands.exists("nginx");
    }

    @Override
    public Server start(Peer peer, Installation installation, Site site) throws IOException {
      int plain = Server.freePort();
      int tls = Server.freePort();
      int h2c = Server.freePort();
      var configuration = site.directory().resolve("nginx.conf");
      Files.writeString(configuration, configuration(site, plain, tls, h2c));
      return Server.listening(
          Map.of("plain", plain, "tls", tls, "h2c", h2c),
          List.of("nginx", "-p", site.directory().toString(), "-c", configuration.toString()));
    }

    private static String configuration(Site site, int plain, int tls, int h2c) {
      return """
      daemon off;
      master_process off;
      error_log stderr crit;
      pid nginx.pid;
      worker_rlimit_nofile 20000;
      events { worker_connections 12000; }
      http {
        access_log off;
        default_type text/plain;
        sendfile on;
        keepalive_requests 1000000000;
        keepalive_timeout 3600s;
        client_max_body_size 0;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        open_file_cache max=16;
        server {
          listen 127.0.0.1:%1$d backlog=4096;
          listen 127.0.0.1:%2$d ssl http2 backlog=4096;
          listen 127.0.0.1:%3$d http2 backlog=4096;
          ssl_protocols TLSv1.2 TLSv1.3;
          ssl_certificate %4$s;
          ssl_certificate_key %5$s;
          root %6$s;
          location = / { return 200 "%7$s"; }
          location = /upload { return 200 "%7$s"; }
        }
      }
      """
          .formatted(plain, tls, h2c, site.certificate(), site.key(), site.www(), Site.HELLO);
    }
  }

  /** nghttpd speaks HTTP/2 with TLS or without, so it is started twice; one of the two idles. */
  record Nghttpd() implements Launcher {
    @Override
    public boolean available(Peer peer, Installation installation) {
      return Commands.exists("nghttpd");
    }

    @Override
    public Server start(Peer peer, Installation installation, Site site) throws IOException {
      int tls = Server.freePort();
      int h2c = Server.freePort();
      var start = List.of("nghttpd", "-n", "1", "-a", "127.0.0.1", "-d", site.www().toString());
      return Server.listening(
          Map.of("tls", tls, "h2c", h2c),
          Commands.concat(start, List.of("--no-tls", Integer.toString(h2c))),
          Commands.concat(
              start,
              List.of(
                  Integer.toString(tls), site.key().toString(), site.certificate().toString())));
    }
  }
}
