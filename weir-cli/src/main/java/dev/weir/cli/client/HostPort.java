package dev.weir.cli.client;

import dev.weir.net.Endpoint;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to connect, as it is typed: {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code unix:PATH}.
 */
record HostPort(String host, int port, Endpoint endpoint) {

  private static final String UNIX = "unix:";

  /** Reads one for picocli. */
  static final class Converter implements ITypeConverter<HostPort> {
    Converter() {}

    @Override
    public HostPort convert(String typed) {
      if (typed.startsWith(UNIX)) {
        return new HostPort("", 0, Endpoint.unix(Path.of(typed.substring(UNIX.length()))));
      }
      int colon = typed.lastIndexOf(':');
      try {
        String host = typed.substring(0, Math.max(0, colon)).replaceAll("^\\[|\\]$", "");
        int port = Integer.parseInt(typed.substring(colon + 1));
        if (!host.isEmpty()) {
          return new HostPort(host, port, Endpoint.tcp(host, port));
        }
      } catch (IllegalArgumentException e) {
        // Said below, like a missing host.
      }
      throw new TypeConversionException(
          "'" + typed + "' is not HOST:PORT with a port from 1 to 65535, nor unix:PATH");
    }
  }
}
