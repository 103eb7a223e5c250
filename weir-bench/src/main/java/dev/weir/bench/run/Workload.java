package dev.weir.bench.run;

import dev.weir.bench.report.Journal;
import java.util.List;

/** Something that all peers are made to do, and what is measured of it. */
public interface Workload {
  /** Its name in commands, tables and files. */
  String name();

  /** A line that says what is done. */
  String title();

  /** Whether it can be asked of this peer. */
  boolean suits(Peer peer);

  /**
   * Measures the peers, all that suit. A peer that fails is noted as such, and the others go on.
   *
   * @param peers installed ones that {@linkplain #suits suit}
   */
  void measure(List<Peer> peers, Surroundings surroundings, Journal journal);
}
