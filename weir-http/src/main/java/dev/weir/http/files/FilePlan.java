package dev.weir.http.files;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpDate;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.coding.CompressibleTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer, but for the bytes of the file: what a status line, a header section and a body
 * are to be made of. Made by pure rules from a request and what was found for it.
 *
 * @param status of the answer
 * @param headers of the answer, Content-Length included; Date is the connection's affair
 * @param content the body
 */
record FilePlan(Status status, Headers headers, Content content) {

  /** A body. */
  sealed interface Content {
    /** No body: the answer to HEAD, or one whose status has none. */
    record None() implements Content {}

    /** A short text, to be written as UTF-8. */
    record Text(String text) implements Content {}

    /** A run of bytes of a file. */
    record Region(Path file, long offset, long length) implements Content {}

    /** Several runs of bytes of a file with text between them. */
    record Multipart(Path file, MultipartByteRanges ranges) implements Content {}
  }

  /**
   * Plans the answer.
   *
   * @param boundary makes a random boundary of letters and digits; asked only if there are several
   *     ranges to send
   */
  static FilePlan of(
      FileMount mount, FileRequest request, Finding finding, Supplier<String> boundary) {
    var plan = new Planner(mount, request, boundary);
    if (!request.method().equals(Method.GET) && !request.isHead()) {
      plan.headers.set(HeaderName.ALLOW, "GET, HEAD, OPTIONS");
      return request.method().equals(Method.OPTIONS)
          ? new FilePlan(Status.NO_CONTENT, plan.headers, new Content.None())
          : plan.error(Status.METHOD_NOT_ALLOWED);
    }
    return switch (finding) {
      case Finding.Found(var file) -> plan.serve(file);
      case Finding.NeedsSlash() -> plan.redirectToSlash();
      case Finding.Listing listing -> plan.list(listing);
      case Finding.Failed(var status, var reason, var document) ->
          document == null ? plan.error(status, reason) : plan.document(status, document);
    };
  }

  /** Gathers one answer. */
  private record Planner(
      FileMount mount, FileRequest request, Supplier<String> boundary, Headers headers) {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String PLAIN = "text/plain; charset=utf-8";

    Planner(FileMount mount, FileRequest request, Supplier<String> boundary) {
      this(mount, request, boundary, mount.headers().copy());
    }

    FilePlan serve(StoredFile file) {
      if (mount.sidecars() && CompressibleTypes.contains(file.mediaType())) {
        headers.add(HeaderName.VARY, "Accept-Encoding");
      }
      // No file is younger than the answer that carries it (RFC 9110 8.8.2.1).
      Instant modified = file.modified().isAfter(request.now()) ? request.now() : file.modified();
      return switch (request.conditions().judge(true, file.tag(), modified, request.now())) {
        case PRECONDITION_FAILED -> error(Status.PRECONDITION_FAILED);
        case NOT_MODIFIED -> notModified(file);
        case PROCEED -> represent(file, modified, ranges(file));
        case PROCEED_IGNORING_RANGE -> represent(file, modified, new ByteRanges.Ignored());
      };
    }

    /** Only what RFC 9110 15.4.5 asks for: the cache has the rest. */
    private FilePlan notModified(StoredFile file) {
      describeState(file);
      return new FilePlan(Status.NOT_MODIFIED, headers, new Content.None());
    }

    private void describeState(StoredFile file) {
      headers.set(HeaderName.ETAG, file.tag().toString());
      var cacheControl = mount.cacheControl();
      if (cacheControl != null) {
        headers.set(HeaderName.CACHE_CONTROL, cacheControl.value());
      }
    }

    /** A Range field means nothing to any method but GET (RFC 9110 14.2). */
    private ByteRanges ranges(StoredFile file) {
      String field = request.range();
      return field == null || request.isHead()
          ? new ByteRanges.Ignored()
          : RangeField.parse(field, file.size());
    }

    private FilePlan represent(StoredFile file, Instant modified, ByteRanges ranges) {
      if (ranges instanceof ByteRanges.Unsatisfiable) {
        headers.set(HeaderName.CONTENT_RANGE, ByteRanges.unsatisfiedContentRange(file.size()));
        return error(Status.RANGE_NOT_SATISFIABLE);
      }
      describeState(file);
      headers.set(HeaderName.LAST_MODIFIED, HttpDate.format(modified.getEpochSecond()));
      headers.set(HeaderName.ACCEPT_RANGES, "bytes");
      var coding = file.coding();
      if (coding != null) {
        headers.set(HeaderName.CONTENT_ENCODING, coding.token());
      }
      if (!(ranges instanceof ByteRanges.Satisfiable(var wanted))) {
        return plan(Status.OK, file.mediaType(), file.size(), region(file, 0, file.size()));
      }
      return wanted.size() == 1 ? part(file, wanted.getFirst()) : parts(file, wanted);
    }

    private FilePlan part(StoredFile file, ByteRange range) {
      headers.set(HeaderName.CONTENT_RANGE, range.contentRange(file.size()));
      return plan(
          Status.PARTIAL_CONTENT,
          file.mediaType(),
          range.length(),
          region(file, range.first(), range.length()));
    }

    private FilePlan parts(StoredFile file, List<ByteRange> wanted) {
      var parts = MultipartByteRanges.plan(wanted, boundary.get(), file.mediaType(), file.size());
      return plan(
          Status.PARTIAL_CONTENT,
          parts.mediaType(),
          parts.contentLength(),
          new Content.Multipart(file.path(), parts));
    }

    /** To the same path with a slash; one slash at its start, lest it name another host. */
    FilePlan redirectToSlash() {
      String path = request.path();
      int start = 0;
      while (start < path.length() && path.charAt(start) == '/') {
        start++;
      }
      String query = request.query() == null ? "" : '?' + request.query();
      headers.set(HeaderName.LOCATION, '/' + path.substring(start) + '/' + query);
      return error(Status.MOVED_PERMANENTLY);
    }

    FilePlan list(Finding.Listing listing) {
      headers.set(HeaderName.CACHE_CONTROL, CacheControl.noCache().value());
      headers.set(HeaderName.CONTENT_SECURITY_POLICY, "default-src 'none'");
      String page = DirectoryListing.page(request.path(), listing.entries(), listing.truncated());
      return text(Status.OK, HTML, page);
    }

    FilePlan document(Status status, StoredFile document) {
      return plan(
          status, document.mediaType(), document.size(), region(document, 0, document.size()));
    }

    FilePlan error(Status status) {
      return error(status, null);
    }

    FilePlan error(Status status, @Nullable String reason) {
      return text(status, PLAIN, status + (reason == null ? "\n" : ": " + reason + "\n"));
    }

    private FilePlan text(Status status, String mediaType, String text) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      return plan(status, mediaType, length, new Content.Text(text));
    }

    private FilePlan plan(Status status, String mediaType, long length, Content content) {
      headers.set(HeaderName.CONTENT_TYPE, mediaType);
      headers.set(HeaderName.CONTENT_LENGTH, Long.toString(length));
      return new FilePlan(status, headers, request.isHead() ? new Content.None() : content);
    }

    private static Content region(StoredFile file, long offset, long length) {
      return new Content.Region(file.path(), offset, length);
    }
  }
}
