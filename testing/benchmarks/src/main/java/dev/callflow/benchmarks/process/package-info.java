/** Everything that is measured runs in a process of its own. */
@NullMarked
package dev.callflow.benchmarks.process;

import org.jspecify.annotations.NullMarked;
