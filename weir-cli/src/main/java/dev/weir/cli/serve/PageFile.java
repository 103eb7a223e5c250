package dev.weir.cli.serve;

import dev.weir.cli.page.StatusFeed;
import dev.weir.http.HttpHandler;
import dev.weir.http.HttpRequest;
import dev.weir.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One file of the page, read from this module when it is first asked for. */
final class PageFile implements HttpHandler {

  private final String name;
  private byte @Nullable [] content;

  PageFile(String name) {
    this.name = name;
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) {
    response
        .header("content-type", type())
        .header("cache-control", "no-cache")
        .header("x-content-type-options", "nosniff")
        .header("content-security-policy", "default-src 'self'; img-src 'self' data:")
        .header("cross-origin-opener-policy", "same-origin")
        .header("cross-origin-embedder-policy", "require-corp")
        .bytes(content());
  }

  private String type() {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> "text/html; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
  }

  private synchronized byte[] content() {
    byte[] bytes = content;
    if (bytes == null) {
      try (InputStream in = StatusFeed.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("the program lacks its file " + name);
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      content = bytes;
    }
    return bytes;
  }
}
