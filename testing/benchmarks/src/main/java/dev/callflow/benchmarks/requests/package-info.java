/** Measures the cost of the REST API. */
@NullMarked
package dev.callflow.benchmarks.requests;

import org.jspecify.annotations.NullMarked;
