/** A command and its reply. */
@NullMarked
package dev.callflow.benchmarks.roundtrip;

import org.jspecify.annotations.NullMarked;
