package dev.weir.http.client;

import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.Method;
import dev.weir.http.Status;
import dev.weir.http.TargetUri;
import dev.weir.loop.Loop;
import dev.weir.stream.ByteStream;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The response of a call as its handler sees it: decompressed if that was asked for, and no faster
 * than the handler takes it. What the handler throws is the call's to catch. Loop thread.
 */
final class Delivery implements ClientResponse {

  private final ClientCall call;
  private final ResponseHandler handler;

  /** Whether the handler wants no more for now. */
  private boolean held;

  /** Decompresses the body, or {@code null}. */
  private @Nullable DecodedBody decoded;

  private Status status = Status.OK;
  private Headers headers = NO_FIELDS;
  private @Nullable TargetUri uri;
  private @Nullable CallConnection connection;

  private static final Headers NO_FIELDS = Headers.of();

  Delivery(ClientCall call, ResponseHandler handler) {
    this.call = call;
    this.handler = handler;
  }

  /** Another attempt is made: nothing is held yet. */
  void restart() {
    held = false;
  }

  // ---- what comes

  void interim(Status interim, Headers fields) {
    handler.interim(interim, fields);
  }

  /** The head of the response that is for the caller. */
  void head(
      Request request,
      Status answer,
      Headers fields,
      CallConnection carrier,
      boolean decompresses) {
    begin(request, answer, fields, carrier);
    Decompression limits = call.decompression();
    if (limits != null && decompresses && !request.method().equals(Method.HEAD)) {
      decoded = DecodedBody.of(fields, limits, loop(), handler);
      if (decoded != null) {
        headers =
            fields.copy().remove(HeaderName.CONTENT_ENCODING).remove(HeaderName.CONTENT_LENGTH);
      }
    }
    handler.head(this);
  }

  private void begin(Request request, Status answer, Headers fields, CallConnection carrier) {
    uri = request.target();
    status = answer;
    headers = fields;
    connection = carrier;
  }

  /**
   * Bytes as they came; what is left of them was not wanted.
   *
   * @throws HttpError 502 if they cannot be decompressed, or become too many
   */
  void data(ByteBuffer bytes) {
    DecodedBody encoded = decoded;
    if (encoded != null) {
      encoded.give(bytes, this);
    } else {
      handler.data(bytes);
    }
    if (bytes.hasRemaining() || owes()) {
      pause();
    }
  }

  /** Whether the handler is owed bytes that have come already. */
  boolean owes() {
    DecodedBody encoded = decoded;
    return encoded != null && encoded.owes();
  }

  /** Whether the handler takes more of the body now. */
  boolean wantsBody() {
    return !held && call.isDelivering();
  }

  /**
   * The body has come.
   *
   * @throws HttpError 502 if what was compressed is not complete
   */
  void bodyEnded() {
    DecodedBody encoded = decoded;
    if (encoded != null) {
      encoded.end();
    }
  }

  void end(Headers trailers) {
    handler.end(trailers);
  }

  @Nullable StreamHandler switched(
      Request request, Status answer, Headers fields, CallConnection carrier, ByteStream stream) {
    begin(request, answer, fields, carrier);
    return handler.switched(this, stream);
  }

  void failed(WeirException why) {
    handler.failed(why);
  }

  /** The call is over. */
  void close() {
    DecodedBody encoded = decoded;
    if (encoded != null) {
      decoded = null;
      encoded.close();
    }
  }

  // ---- what the handler sees

  private static <T> T begun(@Nullable T known) {
    if (known == null) {
      throw new IllegalStateException("there is no response yet");
    }
    return known;
  }

  @Override
  public TargetUri uri() {
    return begun(uri);
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public HttpVersion version() {
    return connection().version();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public CallTimings timings() {
    return call.clock().timings();
  }

  @Override
  public CallConnection connection() {
    return begun(connection);
  }

  @Override
  public Loop loop() {
    return call.loop();
  }

  @Override
  public void pause() {
    held = true;
    call.wantBody(false);
  }

  @Override
  public void resume() {
    held = false;
    if (owes()) {
      loop().execute(this::giveOwed);
    } else {
      call.wantBody(true);
    }
  }

  private void giveOwed() {
    if (!held) {
      call.deliverOwed();
    }
  }

  @Override
  public void cancel() {
    call.cancel();
  }
}
