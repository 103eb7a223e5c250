package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.HttpVersion;
import dev.weir.http.Status;
import dev.weir.http.TargetUri;
import dev.weir.loop.Loop;

/** A response whose body is being streamed. Loop thread, save what says otherwise. */
public interface ClientResponse {

  /** Where it came from: the last of the redirects that were followed. */
  TargetUri uri();

  /** The status. */
  Status status();

  /** The version that carried it. */
  HttpVersion version();

  /** The header fields; valid until the call is over, {@link Headers#copy} keeps them beyond. */
  Headers headers();

  /** How the call went so far. */
  CallTimings timings();

  /** What carries it. */
  CallConnection connection();

  /** The loop that the call lives on. Any thread. */
  Loop loop();

  /** Stops the delivery of the body, and so the server, until {@link #resume()}. */
  void pause();

  /** Goes on with the delivery of the body; what the handler left comes again. */
  void resume();

  /** Gives the call up. Its handler is told {@code failed}. Any thread. */
  void cancel();
}
