/** Measures many idle connections. */
@NullMarked
package dev.callflow.benchmarks.connections;

import org.jspecify.annotations.NullMarked;
