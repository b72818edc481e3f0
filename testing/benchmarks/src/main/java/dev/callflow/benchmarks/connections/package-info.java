/** Many connections that do nothing. */
@NullMarked
package dev.callflow.benchmarks.connections;

import org.jspecify.annotations.NullMarked;
