/** Measures what documents in a database cost. */
@NullMarked
package dev.callflow.benchmarks.store;

import org.jspecify.annotations.NullMarked;
