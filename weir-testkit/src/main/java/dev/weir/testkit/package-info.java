/** The simulated loop and network: a virtual clock, seeded, replayable. */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;
