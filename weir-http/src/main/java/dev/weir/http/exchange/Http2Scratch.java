package dev.weir.http.exchange;

import dev.weir.http.HttpDate;
import dev.weir.http.fields.RecentStrings;
import dev.weir.http.hpack.StringLiterals;
import dev.weir.loop.Loop;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What the HTTP/2 connections of one loop share: decoded Strings, and the text of Date. */
public final class Http2Scratch {
  private final StringLiterals literals = new StringLiterals(new RecentStrings());
  private @Nullable ClockReading reading;
  private String date = "";
  private long dateSecond = Long.MIN_VALUE;

  private Http2Scratch() {}

  /** The loop's own. */
  public static Http2Scratch of(Loop loop) {
    return loop.local(Http2Scratch.class, Http2Scratch::new);
  }

  /** Where decoded Strings come from. */
  public StringLiterals literals() {
    return literals;
  }

  /** For Date (RFC 9110 6.6.1). */
  public String date(Loop loop, InstantSource of) {
    ClockReading known = reading;
    if (known == null) {
      known = ClockReading.of(loop);
      reading = known;
    }
    long second = known.epochSecond(loop.now(), of);
    if (second != dateSecond) {
      dateSecond = second;
      date = HttpDate.format(second);
    }
    return date;
  }
}
