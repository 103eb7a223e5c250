/**
 * {@code weir serve}.
 *
 * <p>{@link dev.weir.cli.serve.ServeCommand} reads the options and starts the server. {@code
 * PageSite} is the page that shows what Weir does, {@code TestRoutes} what tests and benchmarks
 * rely on.
 */
@NullMarked
package dev.weir.cli.serve;

import org.jspecify.annotations.NullMarked;
