/** Measures reading the event stream with our library, with others, and with minimal code. */
@NullMarked
package dev.callflow.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
