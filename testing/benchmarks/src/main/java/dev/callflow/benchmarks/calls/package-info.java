/** Measures how fast calls reach the conference, and the time from a key press to its effect. */
@NullMarked
package dev.callflow.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
