/** Compares Callflow with programs that use other clients of the event socket for the same work. */
@NullMarked
package dev.callflow.benchmarks.others;

import org.jspecify.annotations.NullMarked;
