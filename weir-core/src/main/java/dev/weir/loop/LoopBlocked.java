package dev.weir.loop;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Tells the flight recorder of a blockage, where the JDK has one; loads it no sooner. */
final class LoopBlocked {

  private static final boolean RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private LoopBlocked() {}

  /** A blockage is over. */
  static void over(String loop, long nanos, String stack) {
    if (RECORDER) {
      Recorded event = new Recorded();
      if (event.shouldCommit()) {
        event.loop = loop;
        event.blocked = nanos;
        event.stack = stack;
        event.commit();
      }
    }
  }

  /** The event. Its own stack would be the watchdog's. */
  @Name("dev.weir.LoopBlocked")
  @Label("Loop Blocked")
  @Description("A turn of a loop took so long that nothing else was served")
  @Category("Weir")
  @StackTrace(false)
  static final class Recorded extends Event {

    @Label("Loop")
    String loop = "";

    @Label("Blocked")
    @Timespan(Timespan.NANOSECONDS)
    long blocked;

    @Label("Stack")
    String stack = "";
  }
}
