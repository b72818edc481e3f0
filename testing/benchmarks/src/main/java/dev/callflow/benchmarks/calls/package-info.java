/** Measures calls from the accepted connection to the conference, and from a key to its effect. */
@NullMarked
package dev.callflow.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
