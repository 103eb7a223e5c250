package dev.weir.tls.jsse;

import dev.weir.tls.ClientHelloPeek;
import dev.weir.tls.ClientHelloReader;
import dev.weir.tls.SniSelector;
import dev.weir.tls.TlsAlert;
import dev.weir.tls.TlsEngine;
import dev.weir.tls.TlsError;
import dev.weir.tls.TlsSession;
import dev.weir.tls.TlsStatus;
import dev.weir.tls.TlsVersion;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Drives an {@link SSLEngine}. A server has none until the ClientHello is complete: only then is
 * its host, and so its context, known. What fails before a key is agreed on is answered with an
 * alert in plaintext from here; afterwards the SSLEngine makes the alert.
 */
final class JsseEngine implements TlsEngine {
  /** What JSSE insists on, and checks, before it makes any record. */
  private static final int JSSE_MAX_RECORD = 16_709;

  /** A header that no JSSE accepts: it makes JSSE send an alert under the keys that it has. */
  private static final byte[] OVERLONG_RECORD = {RecordHeader.APPLICATION_DATA, 3, 3, -1, -1};

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private @Nullable SniSelector selector;
  private @Nullable SSLEngine ssl;
  private @Nullable String serverName;
  private @Nullable JsseSession session;
  private @Nullable TlsError failure;
  private @Nullable TlsAlert plaintextAlert;
  private boolean heardPeer;

  /**
   * When the handshake began, in milliseconds. JSSE does not say whether it resumed a session, but
   * a resumed one is older than its handshake.
   */
  private long started;

  private boolean inboundClosed;
  private boolean outboundClosed;
  private volatile boolean taskRuns;

  private JsseEngine(
      @Nullable SniSelector selector, @Nullable SSLEngine ssl, @Nullable String serverName) {
    this.selector = selector;
    this.ssl = ssl;
    this.serverName = serverName;
    this.started = System.currentTimeMillis();
  }

  static JsseEngine server(SniSelector selector) {
    return new JsseEngine(selector, null, null);
  }

  static JsseEngine client(SSLEngine ssl, @Nullable String serverName) {
    return new JsseEngine(null, ssl, serverName);
  }

  @Override
  public TlsStatus unwrap(ByteBuffer net, ByteBuffer app) {
    if (failure != null) {
      throw failure;
    }
    if (taskRuns) {
      return TlsStatus.TASK;
    }
    if (inboundClosed) {
      return TlsStatus.CLOSED;
    }
    var engine = ssl != null ? ssl : start(net);
    if (engine == null) {
      return TlsStatus.NEED_INPUT;
    }
    try {
      while (true) {
        checkRecord(engine, net, app);
        boolean whole = RecordHeader.whole(net);
        if (!whole && session != null) {
          // JSSE would say the same, only slower.
          return TlsStatus.NEED_INPUT;
        }
        var result = whole ? HeapRecords.unwrap(engine, net, app) : engine.unwrap(net, app);
        var status = afterUnwrap(engine, result);
        if (status != null) {
          return status;
        }
      }
    } catch (SSLException e) {
      throw fail(Failures.of(e));
    }
  }

  private @Nullable TlsStatus afterUnwrap(SSLEngine engine, SSLEngineResult result) {
    if (result.bytesConsumed() > 0) {
      heardPeer = true;
    }
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        return TlsStatus.NEED_INPUT;
      }
      case BUFFER_OVERFLOW -> {
        return TlsStatus.NEED_OUTPUT_ROOM;
      }
      case CLOSED -> {
        inboundClosed = true;
        return TlsStatus.CLOSED;
      }
      case OK -> {}
    }
    switch (result.getHandshakeStatus()) {
      case NEED_TASK -> {
        refuseRenegotiation(engine);
        return TlsStatus.TASK;
      }
      case NEED_WRAP -> {
        return TlsStatus.WANT_WRAP;
      }
      case FINISHED -> complete(engine);
      case NEED_UNWRAP -> refuseRenegotiation(engine);
      case NEED_UNWRAP_AGAIN, NOT_HANDSHAKING -> {}
    }
    return null;
  }

  @Override
  public TlsStatus wrap(ByteBuffer app, ByteBuffer net) {
    if (taskRuns) {
      return TlsStatus.TASK;
    }
    if (failure != null) {
      return wrapAlert(net);
    }
    var engine = ssl;
    if (engine == null) {
      return outboundClosed ? TlsStatus.CLOSED : TlsStatus.NEED_INPUT;
    }
    try {
      while (true) {
        if (net.remaining() < JSSE_MAX_RECORD) {
          return TlsStatus.NEED_OUTPUT_ROOM;
        }
        var result = HeapRecords.wrap(engine, app, net);
        var status = afterWrap(engine, result, app);
        if (status != null) {
          return status;
        }
      }
    } catch (SSLException e) {
      throw fail(Failures.of(e));
    }
  }

  private @Nullable TlsStatus afterWrap(SSLEngine engine, SSLEngineResult result, ByteBuffer app) {
    switch (result.getStatus()) {
      case BUFFER_OVERFLOW -> {
        return TlsStatus.NEED_OUTPUT_ROOM;
      }
      case CLOSED -> {
        outboundClosed = true;
        return TlsStatus.CLOSED;
      }
      case BUFFER_UNDERFLOW, OK -> {}
    }
    switch (result.getHandshakeStatus()) {
      case NEED_TASK -> {
        return TlsStatus.TASK;
      }
      case NEED_UNWRAP -> {
        return TlsStatus.NEED_INPUT;
      }
      case FINISHED -> complete(engine);
      case NEED_WRAP, NEED_UNWRAP_AGAIN -> {}
      case NOT_HANDSHAKING -> {
        if (!app.hasRemaining()) {
          return TlsStatus.OK;
        }
      }
    }
    return null;
  }

  /** Makes the SSLEngine once the ClientHello is there; null while it is not. */
  private @Nullable SSLEngine start(ByteBuffer net) {
    return switch (ClientHelloReader.peek(net)) {
      case ClientHelloPeek.NeedMore _ -> null;
      case ClientHelloPeek.NotTls(String reason) ->
          throw refuse(TlsAlert.UNEXPECTED_MESSAGE, reason + "; expected a TLS ClientHello");
      case ClientHelloPeek.Malformed(TlsAlert alert, String reason) -> throw refuse(alert, reason);
      case ClientHelloPeek.Found found -> start(found.serverName());
    };
  }

  private SSLEngine start(@Nullable String name) {
    serverName = name;
    var context = selector == null ? null : selector.select(name);
    if (context == null) {
      throw refuse(
          TlsAlert.UNRECOGNIZED_NAME,
          name == null
              ? "the client named no server, and there is no default"
              : "no host here is called " + name);
    }
    if (!(context instanceof JsseServerContext own)) {
      throw new IllegalStateException(context + " was made by another TLS provider");
    }
    selector = null;
    var engine = own.newEngine();
    ssl = engine;
    started = System.currentTimeMillis();
    return engine;
  }

  /**
   * Refuses records that cannot be. JSSE would take some that are twice as long as RFC 8446 5.2
   * allows, and want buffers to match.
   */
  private void checkRecord(SSLEngine engine, ByteBuffer net, ByteBuffer app) throws SSLException {
    if (!RecordHeader.present(net)) {
      return;
    }
    boolean plausible = RecordHeader.plausible(net);
    if (!heardPeer && engine.getUseClientMode()) {
      checkFirstRecord(net, plausible);
    } else if (!plausible || RecordHeader.length(net) > RecordHeader.MAX_CIPHERTEXT) {
      engine.unwrap(ByteBuffer.wrap(OVERLONG_RECORD), app);
    }
  }

  /** What a client hears first is a ServerHello, or an alert, in plaintext. */
  private void checkFirstRecord(ByteBuffer net, boolean plausible) {
    int type = RecordHeader.type(net);
    int length = RecordHeader.length(net);
    if (!plausible
        && ClientHelloReader.peek(net) instanceof ClientHelloPeek.NotTls(String reason)) {
      throw refuse(TlsAlert.UNEXPECTED_MESSAGE, reason + "; expected a TLS ServerHello");
    }
    if (length > RecordHeader.MAX_PLAINTEXT) {
      throw refuse(
          TlsAlert.RECORD_OVERFLOW,
          "a record of " + length + " bytes; a plaintext fragment has 16384 at most");
    }
    if (type != RecordHeader.HANDSHAKE && type != RecordHeader.ALERT) {
      throw refuse(
          TlsAlert.UNEXPECTED_MESSAGE, "a record of type " + type + ", expected a ServerHello");
    }
  }

  /**
   * Renegotiation, which TLS 1.2 allows and RFC 9113 9.2.1 prohibits, is refused whoever starts it:
   * it would change the peer's identity under a living connection, and costs the server dear.
   */
  private void refuseRenegotiation(SSLEngine engine) {
    if (session != null && session.version() == TlsVersion.TLS_1_2) {
      engine.closeOutbound();
      throw fail(
          new TlsError.Refused(
              TlsAlert.NO_RENEGOTIATION, "the peer asked for renegotiation", null));
    }
  }

  private void complete(SSLEngine engine) {
    if (session == null) {
      session =
          new JsseSession(engine, serverName, engine.getSession().getCreationTime() < started);
    }
  }

  private TlsError refuse(TlsAlert alert, String message) {
    plaintextAlert = alert;
    return fail(new TlsError.Refused(alert, message, null));
  }

  private TlsError fail(TlsError error) {
    failure = error;
    return error;
  }

  /** Puts the alert of a failure: ours in plaintext (RFC 8446 6), or what JSSE has made. */
  private TlsStatus wrapAlert(ByteBuffer net) {
    if (outboundClosed) {
      return TlsStatus.CLOSED;
    }
    if (net.remaining() < maxRecord()) {
      return TlsStatus.NEED_OUTPUT_ROOM;
    }
    if (plaintextAlert != null) {
      net.put(new byte[] {RecordHeader.ALERT, 3, 3, 0, 2, 2, (byte) plaintextAlert.code()});
    } else if (ssl != null) {
      drain(ssl, net);
    }
    outboundClosed = true;
    return TlsStatus.CLOSED;
  }

  private static void drain(SSLEngine engine, ByteBuffer net) {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        var result = engine.wrap(EMPTY.duplicate(), net);
        if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesProduced() == 0) {
          return;
        }
      }
    } catch (SSLException e) {
      // The failure is known already; this one says no more.
    }
  }

  @Override
  public Runnable task() {
    var engine = ssl;
    if (engine == null || taskRuns) {
      throw new IllegalStateException("no task is announced");
    }
    taskRuns = true;
    return () -> runTasks(engine);
  }

  private void runTasks(SSLEngine engine) {
    try {
      for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
        task.run();
      }
    } finally {
      taskRuns = false;
    }
  }

  @Override
  public void closeOutbound() {
    if (ssl != null) {
      ssl.closeOutbound();
    } else {
      outboundClosed = true;
    }
  }

  @Override
  public void endOfInput() {
    if (!inboundClosed && failure == null) {
      throw fail(
          new TlsError.Truncated(
              session == null
                  ? "the connection ended during the TLS handshake"
                  : "the connection ended without close_notify: data may be missing"));
    }
  }

  @Override
  public boolean handshakeComplete() {
    return session != null;
  }

  @Override
  public TlsSession session() {
    if (session == null) {
      throw new IllegalStateException("the TLS handshake is not complete");
    }
    return session;
  }

  @Override
  public @Nullable String serverName() {
    return serverName;
  }

  @Override
  public int maxRecord() {
    return JSSE_MAX_RECORD;
  }

  @Override
  public int maxPlaintext() {
    return RecordHeader.MAX_CIPHERTEXT;
  }

  @Override
  public int maxRetained() {
    return RecordHeader.SIZE + RecordHeader.MAX_CIPHERTEXT;
  }

  @Override
  public void close() {
    // JSSE holds nothing outside of the heap.
  }
}
