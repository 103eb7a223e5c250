package dev.weir.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link FlowWindow}, {@link ReceiveWindow} and {@link BandwidthProbe}. */
class WindowsTest {

  @Test
  void aFlowWindowPassesNoLimit() {
    var window = new FlowWindow(10);
    window.spend(4);
    assertEquals(6, window.size());
    assertTrue(window.add(-10));
    assertEquals(-4, window.size());
    assertTrue(window.add(Integer.MAX_VALUE));
    assertTrue(window.add(4));
    assertFalse(window.add(1));
    assertEquals(Integer.MAX_VALUE, window.size());
  }

  @Test
  void aReceiveWindowIsToldOfByHalves() {
    var window = new ReceiveWindow(100, 100);
    assertTrue(window.receive(49));
    window.consume(49);
    assertEquals(0, window.takeUpdate());
    assertTrue(window.receive(1));
    window.consume(1);
    assertEquals(50, window.takeUpdate());
    assertEquals(0, window.takeUpdate());
  }

  @Test
  void aReceiveWindowTellsOfItsGrowth() {
    var window = new ReceiveWindow(100, 300);
    assertEquals(200, window.takeUpdate());
    window.grow(250);
    assertEquals(300, window.size());
    window.grow(600);
    assertEquals(300, window.takeUpdate());
    assertTrue(window.receive(600));
    assertFalse(window.receive(1));
  }

  /** Whatever is received and consumed, the peer may never send more than the window. */
  @Test
  void aReceiveWindowIsNeverPassed() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      int size = 1 + random.nextInt(1000);
      var window = new ReceiveWindow(size, size);
      int allowed = size;
      int held = 0;
      for (int step = 0; step < 300; step++) {
        int sent = random.nextInt(allowed + 1);
        assertTrue(window.receive(sent));
        allowed -= sent;
        held += sent;
        int taken = random.nextInt(held + 1);
        window.consume(taken);
        held -= taken;
        allowed += window.takeUpdate();
        assertTrue(held + allowed <= size);
        assertTrue(held > 0 || allowed > size / 2 - 1, "the peer is stuck");
      }
    }
  }

  @Test
  void aProbeDoublesAWindowThatLimits() {
    var probe = new BandwidthProbe(100);
    assertFalse(probe.received(24, 1000));
    assertTrue(probe.received(1, 1000));
    assertFalse(probe.received(67, 1000));
    assertTrue(probe.acknowledged(1000));
    assertEquals(200, probe.window());
  }

  @Test
  void aProbeLeavesAWindowThatDoesNot() {
    var probe = new BandwidthProbe(100);
    assertTrue(probe.received(25, 1000));
    assertFalse(probe.received(66, 1000));
    assertFalse(probe.acknowledged(1000));
    assertEquals(100, probe.window());
  }

  @Test
  void aProbeEndsAtTheMost() {
    var probe = new BandwidthProbe(600);
    assertTrue(probe.received(600, 1000));
    probe.received(600, 1000);
    assertTrue(probe.acknowledged(1000));
    assertEquals(1000, probe.window());
    assertFalse(probe.received(100_000, 1000));
  }

  @Test
  void nobodyElseEndsAProbe() {
    var probe = new BandwidthProbe(100);
    probe.received(20, 1000);
    probe.acknowledged(1000);
    assertFalse(probe.acknowledged(1000));
    assertEquals(100, probe.window());
  }
}
