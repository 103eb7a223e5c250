package dev.weir.http.h1;

import org.jspecify.annotations.Nullable;

/**
 * Who may send what, when, on one connection (RFC 9112 9): the whole state machine as one table. It
 * holds the state of both ends, and both ends can use it: what the table says does not depend on
 * which of them we are.
 *
 * <pre>
 * client  IDLE -REQUEST-> SENDING -END-> DONE, or MIGHT_SWITCH if the request offered that
 * server  IDLE -REQUEST-> MUST_ANSWER -RESPONSE-> SENDING -END-> DONE; -SWITCH-> SWITCHED
 * both    DONE, DONE -> IDLE, IDLE (nextExchange); CLOSE -> CLOSED
 * </pre>
 *
 * <p>What follows from both states together (somebody must close, an offer to switch was taken or
 * not) is settled after each event. For one thread.
 */
public final class Http1State {
  /** What one end is doing. */
  public enum State {
    /** Between two exchanges. */
    IDLE,
    /** The server has a request and owes the final response. */
    MUST_ANSWER,
    /** The head is sent, the body follows. */
    SENDING,
    /** The message is complete. */
    DONE,
    /** The message is complete, and nothing but the end of the connection may follow. */
    MUST_CLOSE,
    /** The client has offered to switch to another protocol, and waits whether the server does. */
    MIGHT_SWITCH,
    /** The bytes are no HTTP any more: upgraded, or a tunnel. */
    SWITCHED,
    /** This end has ended its direction. */
    CLOSED,
    /** This end has broken the rules; nothing it sends means anything. */
    ERROR
  }

  /** What one end sends. */
  public enum Event {
    /** The head of a request. */
    REQUEST,
    /** The head of an interim response, 1xx but for 101. */
    INFORMATIONAL,
    /** 101 to an upgrade, or 2xx to CONNECT. */
    SWITCH,
    /** The head of a final response. */
    RESPONSE,
    /** Some of a body. */
    DATA,
    /** The end of a message, body or not. */
    END,
    /** The end of the direction. */
    CLOSE
  }

  private static final int STATES = State.values().length;
  private static final int EVENTS = Event.values().length;

  /** By role, state and event of that end: its next state; null is what it must not do. */
  private static final @Nullable State[] TABLE =
      new @Nullable State[Role.values().length * STATES * EVENTS];

  static {
    allow(Role.CLIENT, State.IDLE, Event.REQUEST, State.SENDING);
    allow(Role.CLIENT, State.SENDING, Event.DATA, State.SENDING);
    allow(Role.CLIENT, State.SENDING, Event.END, State.DONE);

    // A response before any request says why the connection is closed: 408, or 400 to no request.
    allow(Role.SERVER, State.IDLE, Event.RESPONSE, State.SENDING);
    allow(Role.SERVER, State.MUST_ANSWER, Event.INFORMATIONAL, State.MUST_ANSWER);
    allow(Role.SERVER, State.MUST_ANSWER, Event.SWITCH, State.SWITCHED);
    allow(Role.SERVER, State.MUST_ANSWER, Event.RESPONSE, State.SENDING);
    allow(Role.SERVER, State.SENDING, Event.DATA, State.SENDING);
    allow(Role.SERVER, State.SENDING, Event.END, State.DONE);

    for (var role : Role.values()) {
      for (var open : new State[] {State.IDLE, State.DONE, State.MUST_CLOSE, State.CLOSED}) {
        allow(role, open, Event.CLOSE, State.CLOSED);
      }
      allow(role, State.SWITCHED, Event.CLOSE, State.SWITCHED);
    }
    allow(Role.CLIENT, State.MIGHT_SWITCH, Event.CLOSE, State.CLOSED);
  }

  private State client = State.IDLE;
  private State server = State.IDLE;
  private boolean switchOffered;
  private boolean keepAlive = true;

  private static void allow(Role role, State from, Event event, State to) {
    TABLE[index(role, from, event)] = to;
  }

  private static int index(Role role, State from, Event event) {
    return (role.ordinal() * STATES + from.ordinal()) * EVENTS + event.ordinal();
  }

  /** What the client is doing. */
  public State client() {
    return client;
  }

  /** What the server is doing. */
  public State server() {
    return server;
  }

  /** Whether that end may send this now. */
  public boolean allows(Role sender, Event event) {
    return TABLE[index(sender, sender == Role.CLIENT ? client : server, event)] != null
        && (event != Event.SWITCH || switchOffered);
  }

  /**
   * That end sends this.
   *
   * @return whether it may; if not, its state is ERROR now, and the connection must be closed
   */
  public boolean on(Role sender, Event event) {
    boolean allowed = allows(sender, event);
    boolean unasked = allowed && event == Event.RESPONSE && server == State.IDLE;
    var next =
        allowed ? TABLE[index(sender, sender == Role.CLIENT ? client : server, event)] : null;
    move(sender, next != null ? next : State.ERROR);
    if (allowed && event == Event.REQUEST) {
      server = server == State.IDLE ? State.MUST_ANSWER : server;
    } else if (allowed && event == Event.RESPONSE) {
      // A final response declines the offer. One that nobody asked for is the last.
      switchOffered = false;
      keepAlive &= !unasked;
    }
    settle();
    return allowed;
  }

  private void move(Role role, State to) {
    if (role == Role.CLIENT) {
      client = to;
    } else {
      server = to;
    }
  }

  /** The request whose head is about to be sent, or was, offers to switch: CONNECT or Upgrade. */
  public void offerSwitch() {
    switchOffered = true;
    settle();
  }

  /** The connection is to end with this exchange: one of both said so, or cannot go on. */
  public void endAfterExchange() {
    keepAlive = false;
    settle();
  }

  /** Whether the connection is to go on after this exchange, as far as is known. */
  public boolean keepAlive() {
    return keepAlive;
  }

  /** Whether that end must end its direction now. */
  public boolean mustClose(Role role) {
    return (role == Role.CLIENT ? client : server) == State.MUST_CLOSE;
  }

  /** Whether both ends have left HTTP. */
  public boolean switched() {
    return client == State.SWITCHED && server == State.SWITCHED;
  }

  /**
   * If the exchange is complete on both sides and the connection persists: makes ready for the
   * next.
   */
  public boolean nextExchange() {
    if (client != State.DONE || server != State.DONE) {
      return false;
    }
    client = State.IDLE;
    server = State.IDLE;
    switchOffered = false;
    return true;
  }

  /** What both states together, and what was said about the connection, make of each. */
  private void settle() {
    if (client == State.DONE && switchOffered) {
      client = State.MIGHT_SWITCH;
    }
    if (client == State.MIGHT_SWITCH) {
      if (server == State.SWITCHED) {
        client = State.SWITCHED;
      } else if (!switchOffered) {
        client = State.DONE;
      }
    }
    client = mustClose(client, server);
    server = mustClose(server, client);
  }

  private State mustClose(State one, State other) {
    boolean over = !keepAlive || other == State.CLOSED || other == State.ERROR;
    return switch (one) {
      case DONE -> over ? State.MUST_CLOSE : one;
      case IDLE -> other == State.CLOSED ? State.MUST_CLOSE : one;
      default -> one;
    };
  }
}
