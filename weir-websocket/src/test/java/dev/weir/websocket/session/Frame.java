package dev.weir.websocket.session;

import dev.weir.websocket.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A frame as a peer sends or sees it, written and read here in the plainest way, independent of the
 * code under test.
 */
public final class Frame {

  private final boolean fin;
  private final int rsv;
  private final int opcode;
  private final byte[] payload;

  Frame(boolean fin, int rsv, int opcode, byte[] payload) {
    this.fin = fin;
    this.rsv = rsv;
    this.opcode = opcode;
    this.payload = payload;
  }

  public boolean fin() {
    return fin;
  }

  public int rsv() {
    return rsv;
  }

  public int opcode() {
    return opcode;
  }

  public byte[] payload() {
    return payload;
  }

  public static Frame text(String payload) {
    return new Frame(true, 0, Opcode.TEXT, utf8(payload));
  }

  public static Frame text(byte[] payload) {
    return new Frame(true, 0, Opcode.TEXT, payload);
  }

  public static Frame binary(byte[] payload) {
    return new Frame(true, 0, Opcode.BINARY, payload);
  }

  public static Frame more(String payload) {
    return more(utf8(payload));
  }

  public static Frame more(byte[] payload) {
    return new Frame(true, 0, Opcode.CONTINUATION, payload);
  }

  public static Frame ping(String payload) {
    return new Frame(true, 0, Opcode.PING, utf8(payload));
  }

  public static Frame pong(String payload) {
    return new Frame(true, 0, Opcode.PONG, utf8(payload));
  }

  public static Frame close() {
    return new Frame(true, 0, Opcode.CLOSE, new byte[0]);
  }

  public static Frame close(int code, byte[] reason) {
    byte[] payload =
        ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array();
    return new Frame(true, 0, Opcode.CLOSE, payload);
  }

  public static Frame close(int code) {
    return close(code, new byte[0]);
  }

  public static Frame withOpcode(int opcode, String payload) {
    return new Frame(true, 0, opcode, utf8(payload));
  }

  public Frame unfinished() {
    return new Frame(false, rsv, opcode, payload);
  }

  public Frame withRsv(int bits) {
    return new Frame(fin, bits, opcode, payload);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Cuts into frames that carry {@code size} bytes each, the last one fewer. */
  public List<Frame> cut(int size) {
    var frames = new ArrayList<Frame>();
    int at = 0;
    do {
      int end = Math.min(payload.length, at + size);
      byte[] piece = Arrays.copyOfRange(payload, at, end);
      boolean first = at == 0;
      frames.add(
          new Frame(
              end == payload.length, first ? rsv : 0, first ? opcode : Opcode.CONTINUATION, piece));
      at = end;
    } while (at < payload.length);
    return frames;
  }

  /** Writes the frame as it travels; {@code keys} masks it if it is not null. */
  public byte[] bytes(Random keys) {
    var out = new ByteArrayOutputStream();
    out.write((fin ? 0x80 : 0) | rsv << 4 | opcode);
    int mask = keys == null ? 0 : 0x80;
    if (payload.length < 126) {
      out.write(mask | payload.length);
    } else if (payload.length < 65536) {
      out.write(mask | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(mask | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    byte[] body = payload;
    if (keys != null) {
      var key = new byte[4];
      keys.nextBytes(key);
      out.writeBytes(key);
      body = payload.clone();
      for (int i = 0; i < body.length; i++) {
        body[i] ^= key[i % 4];
      }
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** Returns where the frame ends that starts at {@code at}, or -1 if it is not whole. */
  static int endOf(byte[] bytes, int at) {
    int have = bytes.length - at;
    if (have < 2) {
      return -1;
    }
    var in = ByteBuffer.wrap(bytes, at, have);
    int second = in.getShort() & 0xFF;
    long length = second & 0x7F;
    int extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    int header = 2 + extra + ((second & 0x80) == 0 ? 0 : 4);
    if (have < header) {
      return -1;
    }
    length = extra == 2 ? in.getShort() & 0xFFFF : extra == 8 ? in.getLong() : length;
    return have - header < length ? -1 : Math.toIntExact(at + header + length);
  }

  /** Reads all whole frames, which are masked or not. */
  public static List<Frame> parseAll(byte[] bytes, boolean masked) {
    var frames = new ArrayList<Frame>();
    var in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      int first = in.get() & 0xFF;
      int second = in.get() & 0xFF;
      if ((second & 0x80) != 0 != masked) {
        throw new AssertionError("frame " + frames.size() + " masked wrongly");
      }
      long length = second & 0x7F;
      if (length == 126) {
        length = in.getShort() & 0xFFFF;
      } else if (length == 127) {
        length = in.getLong();
      }
      var key = new byte[4];
      if (masked) {
        in.get(key);
      }
      var payload = new byte[Math.toIntExact(length)];
      in.get(payload);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= key[i % 4];
      }
      frames.add(new Frame((first & 0x80) != 0, first >> 4 & 7, first & 0xF, payload));
    }
    return frames;
  }

  /** Tells what it is in a line that can be compared. */
  @Override
  public String toString() {
    String name =
        switch (opcode) {
          case Opcode.TEXT -> "TEXT";
          case Opcode.BINARY -> "BINARY";
          case Opcode.PING -> "PING";
          case Opcode.PONG -> "PONG";
          case Opcode.CLOSE -> "CLOSE";
          default -> "OPCODE" + opcode;
        };
    if (opcode == Opcode.CLOSE) {
      return payload.length == 0
          ? name
          : name + " " + (ByteBuffer.wrap(payload).getShort() & 0xFFFF);
    }
    return name + " " + new String(payload, StandardCharsets.ISO_8859_1);
  }
}
