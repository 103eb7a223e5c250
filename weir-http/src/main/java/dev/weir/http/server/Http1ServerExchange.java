package dev.weir.http.server;

import dev.weir.http.FieldLists;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.HttpError;
import dev.weir.http.HttpVersion;
import dev.weir.http.MinimumRate;
import dev.weir.http.Status;
import dev.weir.http.exchange.Drain;
import dev.weir.http.h1.BodyFraming;
import dev.weir.http.h1.Persistence;
import dev.weir.http.h1.RequestHead;
import dev.weir.http.h1.ResponseEncoder;
import dev.weir.loop.Loop;
import dev.weir.net.StreamAcceptor;
import dev.weir.stream.Carrier;
import dev.weir.stream.FileRegion;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of an HTTP/1.1 connection: how its response is framed, and whether the connection
 * persists after it (RFC 9112 9.3). Lent to a connection by {@link Http1Scratch} for the time of a
 * request.
 */
final class Http1ServerExchange implements ServerExchange {

  private static final System.Logger LOG = System.getLogger("dev.weir.http");

  final RequestHead head = new RequestHead();
  final ServerResponse response = new ServerResponse(this, head);
  final ServerRequest request = new ServerRequest(this, head, response);
  final RequestIntake intake = new RequestIntake(request, response);
  final ResponseOutput output;
  private final Drain drain = new Drain();
  private Http1ServerConnection connection;
  private boolean keepAlive;

  /** Whether the application is being called; what that sets off is looked at afterwards. */
  private boolean handling;

  /** Whether the application answered while it was being called: nobody waits with it then. */
  private boolean answeredInCall;

  /** Whether the connection has gone on without it, or is no more. */
  private boolean over;

  Http1ServerExchange(Http1ServerConnection connection, Http1Scratch scratch) {
    this.connection = connection;
    this.output = new ResponseOutput(scratch);
  }

  /** Makes it another exchange. */
  void reuse(Http1ServerConnection next) {
    connection = next;
    keepAlive = false;
    over = false;
    answeredInCall = false;
    request.begin();
    response.begin();
    output.begin();
    intake.stop();
  }

  /** The head is there: gives the request to the handler. */
  void handle() {
    keepAlive = head.keepAlive();
    drain.reset(connection().bytesOut());
    handling = true;
    request.expectContinue();
    server().serve(request, response);
    handling = false;
  }

  /** Agrees to go on as HTTP/2 (RFC 7540 3.2). */
  void agreeToUpgrade() {
    Headers fields = Headers.of("Connection", "Upgrade").set(HeaderName.UPGRADE, "h2c");
    send(Status.SWITCHING_PROTOCOLS, fields, BodyFraming.SWITCHED, -1);
  }

  /** Gives body bytes to whoever wants them; true when the body is over. */
  RequestIntake.Outcome read(ByteBuffer in) {
    handling = true;
    try {
      int before = in.remaining();
      RequestIntake.Outcome outcome = intake.read(in);
      intake.pace().moved(before - in.remaining());
      if (outcome == RequestIntake.Outcome.TOO_MUCH) {
        keepAlive = false;
      } else if (outcome == RequestIntake.Outcome.NEED_MORE) {
        checkPace();
      }
      return outcome;
    } finally {
      handling = false;
    }
  }

  private void checkPace() {
    MinimumRate rate = server().timeouts().bodyRate();
    if (intake.pace().isMissed(rate, loop().now())) {
      throw ClientDeadline.late("a body of at least " + rate);
    }
  }

  boolean isHandling() {
    return handling;
  }

  /** Whether it may serve another request, once it is over. */
  boolean isFree() {
    return answeredInCall && !request.isPaused();
  }

  /** How the client takes the response. */
  Drain drain() {
    return drain;
  }

  /** Whether all of the response has been sent. */
  boolean answered() {
    return response.ended() && !output.owes();
  }

  /** Whether the client, and what was sent, let the connection go on. */
  boolean keepAlive() {
    return keepAlive;
  }

  /** The connection ends with this exchange. */
  void last() {
    keepAlive = false;
  }

  /** The connection goes on without it: what is still asked of it has no effect. */
  void leave() {
    over = true;
  }

  // ---- the request

  @Override
  public HttpServer server() {
    return connection.server();
  }

  @Override
  public Loop loop() {
    return connection.stream().loop();
  }

  @Override
  public Carrier connection() {
    return connection.stream().carrier();
  }

  @Override
  public @Nullable String offeredProtocol() {
    String offered = head.upgrade() ? head.headers().get(HeaderName.UPGRADE) : null;
    return offered == null ? null : offered.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean expectsContinue() {
    return head.expectContinue();
  }

  @Override
  public void wantBody(boolean wanted) {
    if (!over) {
      connection.wantBody(this, wanted);
    }
  }

  // ---- the response

  @Override
  public void inform(Status status, Headers headers) {
    // RFC 9110 15.2: a client of version 1.0 knows no interim responses.
    if (!over && head.version() != HttpVersion.HTTP_1_0) {
      send(status, headers, BodyFraming.NONE, -1);
    }
  }

  @Override
  public void head(Status status, Headers headers, long length, boolean last) {
    if (over) {
      return;
    }
    if (request.owesContinue()) {
      // RFC 9110 10.1.1: whether the body follows is now anybody's guess.
      keepAlive = false;
      intake.stop();
    }
    BodyFraming framing = ResponseEncoder.framing(head.method(), head.version(), status, length);
    keepAlive &=
        framing != BodyFraming.UNTIL_CLOSE
            // RFC 9110 9.3.6: the client takes what follows for a tunnel's, which there is not.
            && framing != BodyFraming.SWITCHED
            && !connection.isDraining()
            && !(headers.contains(HeaderName.CONNECTION)
                && FieldLists.contains(headers, HeaderName.CONNECTION, "close"));
    send(status, headers, framing, length);
    if (last) {
      answeredInCall = handling;
      connection.settle(this);
    }
  }

  private void send(Status status, Headers headers, BodyFraming framing, long length) {
    boolean sent =
        output.head(
            connection.stream(),
            status,
            headers,
            framing,
            length,
            Persistence.of(head.version(), keepAlive),
            server().clock());
    if (!sent) {
      wantWritable();
    }
  }

  @Override
  public int write(ByteBuffer body) {
    return over ? 0 : output.write(connection.stream(), body);
  }

  @Override
  public int write(byte[] body) {
    return over ? 0 : output.write(connection.stream(), body);
  }

  @Override
  public boolean transfer(FileRegion region, FileRegion.Done done) {
    if (over || !output.transfer(connection.stream(), region, new Transfer(done))) {
      return false;
    }
    connection.deadline().awaitRoom(this);
    return true;
  }

  /** A transfer of ours, of whose end the one who asked for it is told too. */
  private final class Transfer implements FileRegion.Done {
    private final FileRegion.Done asked;

    Transfer(FileRegion.Done asked) {
      this.asked = asked;
    }

    @Override
    public void taken() {
      asked.taken();
    }

    @Override
    public void done(long sent, @Nullable Exception problem) {
      output.transferred(sent);
      if (!over) {
        connection.deadline().hasRoom(Http1ServerExchange.this);
      }
      asked.done(sent, problem);
    }
  }

  @Override
  public void wantWritable() {
    if (!over) {
      connection.wantWritable(this);
    }
  }

  @Override
  public void flush() {
    if (!over) {
      connection.stream().flush();
    }
  }

  @Override
  public void end(Headers trailers) {
    if (over) {
      return;
    }
    answeredInCall = handling;
    if (!output.end(connection.stream(), trailers)) {
      wantWritable();
    }
    if (output.missing() > 0) {
      LOG.log(Level.ERROR, "{0}: a response ended before its Content-Length", connection.stream());
      connection.stream().reset(-1);
    }
    connection.settle(this);
  }

  /** 101 for an upgrade (RFC 9110 7.8), 200 for CONNECT (RFC 9110 9.3.6). */
  @Override
  public void switchTo(@Nullable String protocol, Headers headers, StreamAcceptor next) {
    if (over) {
      return;
    }
    if (!intake.over()) {
      // RFC 9110 7.8: the new protocol must not be given what belongs to the request.
      throw new HttpError(
          Status.BAD_REQUEST,
          "RFC 9110 7.8",
          "a body in a request to switch",
          "none, or one that the handler has read",
          "send the request without a body");
    }
    if (protocol == null) {
      send(Status.OK, headers, BodyFraming.SWITCHED, -1);
    } else {
      headers.set(HeaderName.UPGRADE, protocol).set(HeaderName.CONNECTION, "upgrade");
      send(Status.SWITCHING_PROTOCOLS, headers, BodyFraming.SWITCHED, -1);
    }
    connection.switchTo(next);
  }

  @Override
  public void reset(Cut why) {
    if (!over) {
      connection.stream().reset(-1);
    }
  }

  /** What is owed has room now, and so has the handler if nothing is owed. */
  void writable() {
    if (!output.drain(connection.stream())) {
      wantWritable();
      return;
    }
    response.writable();
    connection.settle(this);
  }

  /** The connection is no more. */
  void cut(Exception why) {
    over = true;
    if (!intake.over()) {
      request.bodyFailed(why);
    }
    response.cut(why);
  }
}
