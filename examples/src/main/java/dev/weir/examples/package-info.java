/** Small programs, one a task; each is also run as a test. */
@NullMarked
package dev.weir.examples;

import org.jspecify.annotations.NullMarked;
