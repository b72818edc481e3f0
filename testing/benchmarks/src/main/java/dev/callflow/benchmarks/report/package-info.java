/** Reports figures as a table and as JSON. */
@NullMarked
package dev.callflow.benchmarks.report;

import org.jspecify.annotations.NullMarked;
