/** What the REST API costs. */
@NullMarked
package dev.callflow.benchmarks.requests;

import org.jspecify.annotations.NullMarked;
