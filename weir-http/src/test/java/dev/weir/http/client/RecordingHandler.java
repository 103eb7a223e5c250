package dev.weir.http.client;

import dev.weir.http.Headers;
import dev.weir.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what it is told, in order; may stop after so many bytes. */
class RecordingHandler implements ResponseHandler {

  final List<String> events = new ArrayList<>();
  final StringBuilder body = new StringBuilder();

  /** How many bytes it takes before it leaves the rest. */
  int appetite = Integer.MAX_VALUE;

  @Nullable ClientResponse response;
  @Nullable Exception problem;

  @Override
  public void interim(Status status, Headers headers) {
    events.add(status.toString());
  }

  @Override
  public void head(ClientResponse begun) {
    response = begun;
    events.add(begun.status().toString());
  }

  @Override
  public void data(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), appetite);
    appetite -= count;
    body.append(StandardCharsets.ISO_8859_1.decode(bytes.slice(bytes.position(), count)));
    bytes.position(bytes.position() + count);
  }

  @Override
  public void end(Headers trailers) {
    events.add("end");
    trailers.forEach((name, value) -> events.add(name + ": " + value));
  }

  @Override
  public void failed(Exception why) {
    problem = why;
    events.add("failed");
  }

  void eat(int count) {
    appetite = count;
    ClientResponse begun = response;
    if (begun == null) {
      throw new IllegalStateException("there is no response yet");
    }
    begun.loop().execute(begun::resume);
  }
}
