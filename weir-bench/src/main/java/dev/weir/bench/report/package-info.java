/**
 * What was measured, and how it is shown: {@link dev.weir.bench.report.Journal} has the values, the
 * others make a table, a file, a picture of them, and compare them with the {@linkplain
 * dev.weir.bench.report.Goal goals}.
 */
@NullMarked
package dev.weir.bench.report;

import org.jspecify.annotations.NullMarked;
