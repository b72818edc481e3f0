/** The event stream, read by our library, by others, and by the barest code there can be. */
@NullMarked
package dev.callflow.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
