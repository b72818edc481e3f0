/** Measures the cost of documents in a database. */
@NullMarked
package dev.callflow.benchmarks.store;

import org.jspecify.annotations.NullMarked;
