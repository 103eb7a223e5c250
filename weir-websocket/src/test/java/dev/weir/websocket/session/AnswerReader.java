package dev.weir.websocket.session;

import dev.weir.websocket.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a peer sees of an endpoint's bytes as they come: whole messages and control frames in order.
 */
public final class AnswerReader {

  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final boolean masked;
  private final boolean takeover;
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private byte[] left = {};
  private int opcode = Opcode.CONTINUATION;
  private boolean compressed;

  /**
   * Makes a reader.
   *
   * @param masked whether frames must be masked, as a client's
   * @param takeover whether the endpoint may keep history from message to message
   */
  public AnswerReader(boolean masked, boolean takeover) {
    this.masked = masked;
    this.takeover = takeover;
  }

  /** Returns what is complete with these bytes. */
  public List<String> read(byte[] bytes) {
    byte[] all = bytes;
    if (left.length > 0) {
      all = Arrays.copyOf(left, left.length + bytes.length);
      System.arraycopy(bytes, 0, all, left.length, bytes.length);
    }
    var answers = new ArrayList<String>();
    int at = 0;
    int end;
    while ((end = Frame.endOf(all, at)) >= 0) {
      Frame frame = Frame.parseAll(Arrays.copyOfRange(all, at, end), masked).getFirst();
      at = end;
      take(frame, answers);
    }
    left = Arrays.copyOfRange(all, at, all.length);
    return answers;
  }

  private void take(Frame frame, List<String> answers) {
    if (Opcode.isControl(frame.opcode())) {
      answers.add(frame.toString());
      return;
    }
    if ((frame.opcode() == Opcode.CONTINUATION) != (opcode != Opcode.CONTINUATION)) {
      throw new AssertionError("fragments out of sequence: " + frame);
    }
    if (opcode == Opcode.CONTINUATION) {
      opcode = frame.opcode();
      compressed = frame.rsv() == 4;
    }
    message.writeBytes(frame.payload());
    if (frame.fin()) {
      byte[] whole = message.toByteArray();
      answers.add(new Frame(true, 0, opcode, compressed ? inflate(whole) : whole).toString());
      opcode = Opcode.CONTINUATION;
      message.reset();
    }
  }

  private byte[] inflate(byte[] payload) {
    var out = new ByteArrayOutputStream();
    try {
      for (byte[] part : List.of(payload, TAIL)) {
        inflater.setInput(part);
        int length;
        while ((length = inflater.inflate(buffer)) > 0) {
          out.write(buffer, 0, length);
        }
      }
    } catch (DataFormatException e) {
      throw new AssertionError("answer does not inflate", e);
    }
    if (!takeover) {
      inflater.reset();
    }
    return out.toByteArray();
  }
}
