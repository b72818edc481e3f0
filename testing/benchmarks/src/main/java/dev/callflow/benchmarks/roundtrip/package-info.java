/** Measures the time from a command to its reply. */
@NullMarked
package dev.callflow.benchmarks.roundtrip;

import org.jspecify.annotations.NullMarked;
