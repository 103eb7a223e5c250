/** External programs as test peers: which are needed, and what happens when one is missing. */
@NullMarked
package dev.weir.testpeers;

import org.jspecify.annotations.NullMarked;
