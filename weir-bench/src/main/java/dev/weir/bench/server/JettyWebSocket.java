package dev.weir.bench.server;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** What Jetty does with messages. Public, since Jetty looks their methods up. */
public final class JettyWebSocket {

  private JettyWebSocket() {}

  /** Sends each message back; the next is read when that has been written. */
  public static final class Echo extends Session.Listener.Abstract {
    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      session.demand();
    }

    @Override
    public void onWebSocketText(String message) {
      Session session = getSession();
      session.sendText(message, Callback.from(session::demand, problem -> session.disconnect()));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      Session session = getSession();
      session.sendBinary(payload, Callback.from(callback, session::demand));
    }
  }

  /** Sends each message to all. */
  public static final class Broadcast extends Session.Listener.AbstractAutoDemanding {
    private final Set<Session> all;

    Broadcast(Set<Session> all) {
      this.all = all;
    }

    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      all.add(session);
    }

    @Override
    public void onWebSocketText(String message) {
      for (Session each : all) {
        each.sendText(message, Callback.NOOP);
      }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      // Some may be sent later, when the buffer is Jetty's again.
      ByteBuffer copy = ByteBuffer.allocateDirect(payload.remaining()).put(payload).flip();
      callback.succeed();
      for (Session each : all) {
        each.sendBinary(copy.slice(), Callback.NOOP);
      }
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
      all.remove(getSession());
      callback.succeed();
    }
  }
}
