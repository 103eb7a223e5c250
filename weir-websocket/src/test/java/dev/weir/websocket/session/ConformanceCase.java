package dev.weir.websocket.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What a peer sends and what a strict endpoint, which echoes messages, answers; numbered as the
 * case of the same meaning in the Autobahn suite.
 */
final class ConformanceCase {

  /** Frames or parts of them, and what must have been answered once they came, not later. */
  record Step(List<Frame> frames, int from, int to, List<String> answers) {}

  final String id;
  final List<Step> steps = new ArrayList<>();
  private final List<Frame> sent = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  ConformanceCase(String id) {
    this.id = id;
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
