package dev.weir.websocket.session;

import dev.weir.websocket.DeflateSettings;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a peer sends and what a strict endpoint, which echoes messages, answers; numbered as the
 * case of the same meaning in the Autobahn suite.
 */
public final class ConformanceCase {

  /** Frames or parts of them, and what must have been answered once they came, not later. */
  public record Step(List<Frame> frames, int from, int to, List<String> answers) {

    /** All frames, and the answers. */
    static Step of(List<Frame> frames, String answer) {
      return new Step(frames, 0, Integer.MAX_VALUE, List.of(answer));
    }

    /**
     * Writes what is sent.
     *
     * @param keys mask it if they are not null
     */
    public byte[] wire(@Nullable Random keys) {
      var out = new ByteArrayOutputStream();
      for (Frame frame : frames) {
        out.writeBytes(frame.bytes(keys));
      }
      return out.toByteArray();
    }

    /** What is sent now of {@code wire}, which holds it and what earlier steps sent of it. */
    public byte[] part(byte[] wire) {
      if (to == Integer.MAX_VALUE) {
        return wire;
      }
      int header = wire.length - frames.getFirst().payload().length;
      return Arrays.copyOfRange(wire, from == 0 ? 0 : header + from, header + to);
    }
  }

  final String id;
  private final @Nullable DeflateSettings deflate;
  private final Iterable<Step> given;
  private final List<Step> steps = new ArrayList<>();
  private final List<Frame> sent = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  ConformanceCase(String id) {
    this.id = id;
    this.deflate = null;
    this.given = steps;
  }

  /** A case that is made while it runs. */
  ConformanceCase(String id, DeflateSettings deflate, Iterable<Step> steps) {
    this.id = id;
    this.deflate = deflate;
    this.given = steps;
  }

  /** What both ends compress with, or null. */
  public @Nullable DeflateSettings deflate() {
    return deflate;
  }

  /** What happens, in order. */
  public Iterable<Step> steps() {
    return given;
  }

  ConformanceCase send(Frame... frames) {
    sent.addAll(List.of(frames));
    return this;
  }

  ConformanceCase send(List<Frame> frames) {
    sent.addAll(frames);
    return this;
  }

  ConformanceCase answer(Frame... frames) {
    for (Frame frame : frames) {
      answers.add(frame.toString());
    }
    return this;
  }

  /** By now exactly the answers so far must have been given. */
  ConformanceCase byNow() {
    steps.add(new Step(List.copyOf(sent), 0, Integer.MAX_VALUE, List.copyOf(answers)));
    sent.clear();
    answers.clear();
    return this;
  }

  /** Sends part of a frame's payload, the header with the first part; the answers are due then. */
  ConformanceCase part(Frame frame, int from, int to, Frame... due) {
    answer(due);
    steps.add(new Step(List.of(frame), from, to, List.copyOf(answers)));
    answers.clear();
    return this;
  }

  /** Whether no frame comes in parts. */
  boolean comesWhole() {
    return steps.stream().allMatch(step -> step.to() == Integer.MAX_VALUE);
  }

  /** The connection is still good: the peer closes it and hears the same. */
  ConformanceCase thenCloses() {
    return send(Frame.close(1000)).answer(Frame.close(1000)).byNow();
  }

  /** The endpoint fails the connection with this code. */
  ConformanceCase fails(int code) {
    return answer(Frame.close(code)).byNow();
  }

  @Override
  public String toString() {
    return id;
  }
}
