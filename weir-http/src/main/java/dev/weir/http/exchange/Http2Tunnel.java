package dev.weir.http.exchange;

import dev.weir.http.Headers;
import dev.weir.http.Http2ErrorCode;
import dev.weir.http.h2.Http2Stream;
import dev.weir.http.h2.Http2StreamHandler;
import dev.weir.loop.Timer;
import dev.weir.stream.ByteStream;
import dev.weir.stream.Carrier;
import dev.weir.stream.StreamHandler;
import dev.weir.stream.WeirException;
import dev.weir.stream.spi.AbstractByteStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of an HTTP/2 connection as a byte stream: what a CONNECT, or an extended CONNECT, stands
 * for (RFC 9113 8.5, RFC 8441 5). Its DATA are the bytes, END_STREAM is the end of a direction, and
 * RST_STREAM a reset.
 */
public final class Http2Tunnel extends AbstractByteStream implements Http2StreamHandler {
  private static final Headers NO_FIELDS = Headers.of();

  private final ByteStream connection;
  private final Http2Stream stream;
  private final Timer linger;

  /** A tunnel that is not open yet. */
  public Http2Tunnel(ByteStream connection, Http2Stream stream) {
    super(connection.loop());
    this.connection = connection;
    this.stream = stream;
    this.linger = connection.loop().timer(this::lingered);
  }

  /** Both sides have agreed: tells the handler, and has what comes delivered to it. */
  public void start(StreamHandler first) {
    stream.tunnel();
    stream.handler(this);
    open(first);
    stream.resume();
  }

  @Override
  public Carrier carrier() {
    return connection.carrier();
  }

  @Override
  public String toString() {
    return connection + " (stream " + stream.id() + ")";
  }

  // ---- the stream speaks

  @Override
  public void received(ByteBuffer bytes) {
    if (!in.isPaused()) {
      in.receive(bytes);
      bytes.position(bytes.limit());
    }
    if (in.isPaused()) {
      stream.pause();
    }
  }

  @Override
  public void ended(Headers trailers) {
    in.end();
  }

  @Override
  public void writable() {
    out.unblocked();
  }

  @Override
  public void drain() {
    tell(Event.DRAIN);
  }

  @Override
  public void failed(WeirException why, boolean unprocessed) {
    over(why);
  }

  // ---- out

  @Override
  public void send(ByteBuffer bytes) {
    stream.write(bytes, false);
    if (bytes.hasRemaining()) {
      stream.wantWritable();
    }
  }

  @Override
  public boolean sendEnd() {
    stream.end(NO_FIELDS);
    finishIfEnded();
    return true;
  }

  @Override
  protected void readOn() {
    stream.resume();
  }

  // ---- ends

  @Override
  protected void closing() {
    linger.after(Carrier.LINGER_NANOS);
    stream.resume();
  }

  @Override
  protected void bothEnded() {
    over(null);
  }

  /** The peer has not ended its direction: it need not be waited for any longer. */
  private void lingered() {
    stream.reset(Http2ErrorCode.CANCEL);
    over(null);
  }

  @Override
  protected void cut(WeirException why) {
    boolean told = why.code() >= 0 && why.layer().equals("stream");
    stream.reset(told ? Http2ErrorCode.of((int) why.code()) : Http2ErrorCode.CANCEL);
    over(why);
  }

  private void over(@Nullable WeirException why) {
    linger.cancel();
    gone(why);
    settleLater();
  }
}
