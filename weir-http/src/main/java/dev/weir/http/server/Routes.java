package dev.weir.http.server;

import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.routing.RouteMatch;
import dev.weir.http.routing.Router;

/**
 * Gives requests to handlers by method and path. What no route takes is answered here: 404, 405
 * with Allow, OPTIONS with Allow, 400 for a path that is none. Routes are added and removed while
 * requests are served; any thread.
 */
public final class Routes implements HttpHandler, Routable<Routes> {

  private final Router<HttpHandler> router = new Router<>();

  /** No routes. */
  public Routes() {}

  @Override
  public Routes on(Method method, String pattern, HttpHandler handler) {
    router.add(method, pattern, handler);
    return this;
  }

  @Override
  public Routes any(String pattern, HttpHandler handler) {
    router.addAny(pattern, handler);
    return this;
  }

  @Override
  public Routes mount(String prefix, HttpHandler handler) {
    router.mountAny(prefix, handler);
    return this;
  }

  @Override
  public boolean remove(String pattern) {
    return router.remove(pattern);
  }

  @Override
  public boolean unmount(String prefix) {
    return router.unmount(prefix);
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws Exception {
    switch (router.match(method(request), request.path())) {
      case RouteMatch.Found<HttpHandler> found -> {
        if (request instanceof ServerRequest served) {
          served.route(found);
        }
        found.target().handle(request, response);
      }
      case RouteMatch.NotFound<HttpHandler> missing -> refuse(response, Status.NOT_FOUND);
      case RouteMatch.Malformed<HttpHandler> malformed -> refuse(response, Status.BAD_REQUEST);
      case RouteMatch.MethodNotAllowed<HttpHandler>(String allow) -> {
        response.header("allow", allow);
        refuse(response, Status.METHOD_NOT_ALLOWED);
      }
      case RouteMatch.Options<HttpHandler>(String allow) ->
          response.status(Status.NO_CONTENT).header("allow", allow).end();
    }
  }

  /**
   * An extended CONNECT (RFC 8441 4) asks for what GET with Upgrade asks for in HTTP/1.1: both find
   * the same route.
   */
  private static Method method(HttpRequest request) {
    boolean extendedConnect = request.method().equals(Method.CONNECT) && request.upgrade() != null;
    return extendedConnect ? Method.GET : request.method();
  }

  private static void refuse(HttpResponse response, Status status) {
    response.status(status).text(status + "\n");
  }
}
