package dev.weir.http.server;

import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Status;
import dev.weir.names.VirtualHosts;

/**
 * Gives requests to the host that they name: exact, wildcard, default. A request for a host that is
 * not here is answered with 421 (RFC 9110 15.5.20). Hosts are added and removed while requests are
 * served; any thread.
 */
public final class Hosts implements HttpHandler {

  private final VirtualHosts<HttpHandler> hosts = new VirtualHosts<>();

  /** No hosts. */
  public Hosts() {}

  /** Adds a host by name, or every host below a name by {@code *.name}. */
  public Hosts add(String pattern, HttpHandler host) {
    hosts.add(pattern, host);
    return this;
  }

  /** Sets who answers for names that no host has. */
  public Hosts otherwise(HttpHandler host) {
    hosts.setDefault(host);
    return this;
  }

  /** Removes a host; requests that found it before go on. */
  public boolean remove(String pattern) {
    return hosts.remove(pattern);
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws Exception {
    String authority = request.authority();
    HttpHandler host = hosts.find(authority, endOfHost(authority));
    if (host == null) {
      response.status(Status.MISDIRECTED_REQUEST).text(Status.MISDIRECTED_REQUEST + "\n");
    } else {
      host.handle(request, response);
    }
  }

  /** Where the host ends, and a port may follow (RFC 3986 3.2.2): 0 if a bracket is not closed. */
  static int endOfHost(String authority) {
    if (authority.startsWith("[")) {
      return authority.indexOf(']') + 1;
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority.length() : colon;
  }
}
