/** Measures the cost of live rooms. */
@NullMarked
package dev.callflow.benchmarks.rooms;

import org.jspecify.annotations.NullMarked;
