package dev.weir.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Two engines joined in memory, driven as a carrier drives them. Bytes cross in pieces of random
 * size, seeded; buffers are direct or on the heap, and of either byte order, by turns.
 */
final class EnginePair {
  final End client;
  final End server;
  private final RandomGenerator random;

  EnginePair(TlsEngine client, TlsEngine server, RandomGenerator random) {
    this.random = random;
    this.client = new End(client);
    this.server = new End(server);
  }

  /** Moves bytes until neither end has any to move. */
  EnginePair run() {
    boolean moved = true;
    while (moved) {
      moved = client.turn();
      moved |= server.turn();
      moved |= client.deliverTo(server);
      moved |= server.deliverTo(client);
    }
    return this;
  }

  /** One end with the buffers that its carrier would lend and keep. */
  final class End {
    final TlsEngine engine;
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteBuffer pending = ByteBuffer.allocate(0);
    ByteBuffer inFlight = ByteBuffer.allocate(0);
    ByteBuffer retained = ByteBuffer.allocate(0);
    TlsStatus wrapped = TlsStatus.OK;
    TlsStatus unwrapped = TlsStatus.NEED_INPUT;
    TlsError error;
    int tasks;

    private End(TlsEngine engine) {
      this.engine = engine;
    }

    void send(String text) {
      pending = join(pending, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void send(byte[] bytes) {
      pending = join(pending, ByteBuffer.wrap(bytes));
    }

    /** Puts bytes on the wire towards the peer that this engine never made. */
    void inject(byte[] bytes) {
      inFlight = join(inFlight, ByteBuffer.wrap(bytes));
    }

    String text() {
      return received.toString(StandardCharsets.UTF_8);
    }

    private boolean turn() {
      boolean moved = false;
      boolean again = true;
      while (again) {
        again = false;
        int before = pending.remaining();
        var net = buffer(engine.maxRecord() + random.nextInt(40_000));
        try {
          wrapped = engine.wrap(pending, net);
        } catch (TlsError e) {
          error = e;
          wrapped = engine.wrap(pending, net);
        }
        net.flip();
        again |= net.hasRemaining() || before != pending.remaining();
        inFlight = join(inFlight, net);
        if (wrapped == TlsStatus.TASK) {
          engine.task().run();
          tasks++;
          again = true;
        }
        moved |= again;
      }
      return moved;
    }

    private boolean deliverTo(End peer) {
      if (!inFlight.hasRemaining()) {
        return false;
      }
      int count = 1 + random.nextInt(inFlight.remaining());
      var piece = inFlight.slice(inFlight.position(), count);
      inFlight.position(inFlight.position() + count);
      peer.accept(piece);
      return true;
    }

    private void accept(ByteBuffer piece) {
      var net = join(retained, piece);
      if (error == null) {
        try {
          open(net);
        } catch (TlsError e) {
          error = e;
          net.position(net.limit());
        }
      }
      retained = join(ByteBuffer.allocate(0), net);
    }

    private void open(ByteBuffer net) {
      while (true) {
        var app = buffer(engine.maxPlaintext() + random.nextInt(20_000));
        try {
          unwrapped = engine.unwrap(net, app);
        } finally {
          app.flip();
          byte[] bytes = new byte[app.remaining()];
          app.get(bytes);
          received.writeBytes(bytes);
        }
        switch (unwrapped) {
          case NEED_OUTPUT_ROOM -> {}
          case TASK -> {
            engine.task().run();
            tasks++;
          }
          case WANT_WRAP -> turn();
          case NEED_INPUT -> {
            return;
          }
          case CLOSED -> {
            net.position(net.limit());
            return;
          }
          case OK -> throw new AssertionError("unwrap answered OK");
        }
      }
    }

    private ByteBuffer buffer(int size) {
      var buffer =
          random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
      return buffer.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
  }

  private ByteBuffer join(ByteBuffer first, ByteBuffer second) {
    int size = first.remaining() + second.remaining();
    var joined = random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
    joined.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return joined.put(first).put(second).flip();
  }
}
