/** The weir program: one class for each command. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
