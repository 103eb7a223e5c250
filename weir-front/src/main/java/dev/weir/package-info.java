/** The front door of Weir. */
@NullMarked
package dev.weir;

import org.jspecify.annotations.NullMarked;
