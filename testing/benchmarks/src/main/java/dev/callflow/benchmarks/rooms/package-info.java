/** Measures what live rooms cost. */
@NullMarked
package dev.callflow.benchmarks.rooms;

import org.jspecify.annotations.NullMarked;
